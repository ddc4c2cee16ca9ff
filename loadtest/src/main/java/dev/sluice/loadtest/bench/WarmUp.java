package dev.sluice.loadtest.bench;

/**
 * Repeats what is to be measured until it has run for so long: a JVM compiles for tens of seconds, and who is measured meanwhile is measured together with the compiler.
 * By time and not by rounds, so that who is fast gets as much of it as who is slow.
 *
 * @param seconds of it, at least; one pass at least
 */
record WarmUp(int seconds) {
    void of(Runnable pass) {
        long startedNanos = System.nanoTime();
        do {
            pass.run();
        } while (System.nanoTime() - startedNanos < seconds * 1_000_000_000L);
    }
}
