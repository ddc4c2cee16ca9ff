package dev.sluice.loadtest.bench;

/** What can be measured. */
enum Part {
    INGEST,
    SINGLE,
    E2E,
    IDLE,
    BACKLOG,
    GATES,
    ALL
}
