package dev.sluice.loadtest.load;

/** How a load or a search ended, for people and for scripts. */
enum Ending {
    /** Every promise was kept, or a rate was found. */
    KEPT(0),
    /** A promise is broken, or no rate held. */
    BROKEN(1),
    /** An engine elsewhere went away before it said what became of everybody; what could be judged was kept. */
    UNKNOWN(3);

    private final int exitCode;

    Ending(int exitCode) {
        this.exitCode = exitCode;
    }

    /** 2 is not among them: it says that the command could not be used. */
    int exitCode() {
        return exitCode;
    }
}
