package dev.sluice.loadtest.terminal;

/** Ends what would outlive the process when it is asked to end before its work is over (Ctrl-C, SIGTERM). */
public final class StopAtExit {
    private final Thread hook;

    private StopAtExit(Thread hook) {
        this.hook = hook;
    }

    /**
     * From now on.
     *
     * @param name of its thread
     * @param stop may run beside the work that it ends, and once more after it
     */
    public static StopAtExit of(String name, Runnable stop) {
        Thread hook = new Thread(stop, name);
        Runtime.getRuntime().addShutdownHook(hook);
        return new StopAtExit(hook);
    }

    /** No more: all has ended. */
    public void disarm() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAnyway) {
            // The hook runs already: it ends the same.
        }
    }
}
