package dev.sluice.loadtest.load.stage;

/** One life of a node, from a start to an end that somebody wanted, or that it came to by itself. Safe for any thread. */
final class NodeLife {
    private final Process process;
    private volatile boolean asked;

    NodeLife(Process process) {
        this.process = process;
    }

    Process process() {
        return process;
    }

    /** Somebody wants it to end. Where that is over already, it was nobody's doing. */
    void ask() {
        if (process.isAlive()) {
            asked = true;
        }
    }

    /** Whether it is over although nobody wanted that. */
    boolean endedByItself() {
        return !asked && !process.isAlive();
    }
}
