package dev.sluice.loadtest.bench;

/**
 * The write-ahead log of a Postgres that has run for a while: it writes over old files. A new Postgres has to make each of them, while no commit ends for 40 to 90
 * milliseconds (seen here), so who measures a new one measures that.
 */
final class AgedLog {
    /** Of 16 MB each: what the embedded Postgres keeps to write over, its {@code min_wal_size}. */
    private static final int FILES = 64;

    private AgedLog() {}

    /** Fills as many files as are kept, then has them kept. Seconds. */
    static void in(BenchNode node) {
        for (int file = 0; file < FILES; file++) {
            node.sql("SELECT pg_logical_emit_message(false, 'bench', 'a file of the log'), pg_switch_wal()");
        }
        node.sql("CHECKPOINT");
    }
}
