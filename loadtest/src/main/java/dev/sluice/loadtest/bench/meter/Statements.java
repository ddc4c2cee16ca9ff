package dev.sluice.loadtest.bench.meter;

import dev.sluice.loadtest.bench.stage.BenchNode;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the engine asked of Postgres, from {@code pg_stat_statements}. Each statement is a round trip and, since the engine uses no longer transactions on its way, a commit. */
public final class Statements {
    private static final String FORGET = "SELECT pg_stat_statements_reset()";
    /** Without the benchmark's own looks, which come by time and not by work. */
    private static final String READ = """
            SELECT regexp_replace(left(query, 90), '\\s+', ' ', 'g') AS query, calls, rows, total_exec_time, wal_bytes::bigint
            FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid AND d.datname = current_database()
            WHERE toplevel AND query !~ 'pg_stat_statements|pg_total_relation_size|pg_current_wal|FROM submission WHERE tenant_id = .1( AND state = 1)?\\s*$'
            ORDER BY total_exec_time DESC
            """;

    private static final int SHOWN = 15;

    private final BenchNode node;

    /** Of the node's Postgres, which must count them. */
    public Statements(BenchNode node) {
        this.node = node;
    }

    /**
     * One statement.
     *
     * @param text its beginning
     * @param calls how often it ran
     * @param rows that it gave or changed
     * @param millis that it ran in all
     * @param walBytes that it wrote ahead
     */
    public record Counted(String text, long calls, long rows, double millis, long walBytes) {}

    /** Counts from 0 again. */
    public void forget() {
        node.sql(FORGET);
    }

    /** Those since the last time, the dearest first. */
    public List<Counted> read() {
        List<Counted> read = new ArrayList<>();
        for (Row row : node.sql(READ)) {
            read.add(new Counted(row.getString(0), row.getLong(1), row.getLong(2), row.getDouble(3), row.getLong(4)));
        }
        return read;
    }

    /** The dearest, for a thousand deliveries. */
    public static String text(List<Counted> counted, long deliveries) {
        StringBuilder text = new StringBuilder("per 1,000 deliveries: statements, rows, ms in Postgres, WAL bytes\n");
        for (Counted one : counted.subList(0, Math.min(SHOWN, counted.size()))) {
            double thousands = deliveries / 1e3;
            text.append(String.format(
                    Locale.ROOT,
                    "%9.2f %9.1f %9.2f %11.0f  %s%n",
                    one.calls() / thousands,
                    one.rows() / thousands,
                    one.millis() / thousands,
                    one.walBytes() / thousands,
                    one.text()));
        }
        return text.toString().stripTrailing();
    }
}
