package dev.sluice.loadtest.bench;

/** What can be measured. */
enum Part {
    INGEST,
    SINGLE,
    /** Before the bulk: its calls would stand at the gates of the egress address. */
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
