package dev.sluice.loadtest.bench;

/** What can be measured. */
enum Part {
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
