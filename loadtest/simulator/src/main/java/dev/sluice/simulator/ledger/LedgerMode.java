package dev.sluice.simulator.ledger;

/** How much the ledger keeps. */
public enum LedgerMode {
    /** Calls, recipients and the index of who was shown what: about 70 bytes a call and 25 a recipient. */
    FULL,
    /** Calls only. */
    CALLS,
    /** Totals only, and the worst second and minute; constant memory, for giant runs. */
    COUNTERS
}
