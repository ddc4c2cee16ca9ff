package dev.sluice.loadtest.bench.report;

/** What can be measured. */
public enum Part {
    INGEST,
    SINGLE,
    IDLE,
    E2E,
    ONE,
    BACKLOG,
    GROWTH,
    BARE,
    COST,
    GATES,
    PEERS,
    ALL
}
