package dev.sluice.loadtest.bench.stage;

/**
 * The write-ahead log of a Postgres that has run for a while: it writes over old files. A new Postgres has to make each of them, and no commit ends meanwhile, so
 * who measures a new one measures that.
 */
public final class AgedLog {
    private static final String FILES_KEPT =
            "SELECT pg_size_bytes(current_setting('min_wal_size')) / pg_size_bytes(current_setting('wal_segment_size'))";

    private AgedLog() {}

    /** Fills as many files as Postgres keeps, then has them kept. Seconds. */
    public static void in(BenchNode node) {
        long files = node.number(FILES_KEPT);
        for (long file = 0; file < files; file++) {
            node.sql("SELECT pg_logical_emit_message(false, 'bench', 'a file of the log'), pg_switch_wal()");
        }
        node.sql("CHECKPOINT");
    }
}
