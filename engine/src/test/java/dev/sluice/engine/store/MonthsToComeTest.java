package dev.sluice.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class MonthsToComeTest {
    private static final String[] TABLES = {"submission", "delivery", "call", "attempt"};
    /** What a partition is, but for its name: columns, constraints, indexes and room on its pages. */
    private static final String SHAPE = """
            SELECT concat_ws(E'\\n', coalesce(array_to_string(c.reloptions, ','), 'fillfactor=100'),
              (SELECT string_agg(concat_ws(' ', attname, atttypid::regtype, attnotnull, attislocal, attinhcount), ', ' ORDER BY attnum)
               FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0),
              (SELECT string_agg(pg_get_constraintdef(k.oid) || k.conislocal || k.coninhcount, ', ' ORDER BY k.contype, pg_get_constraintdef(k.oid))
               FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype <> 'n'),
              (SELECT string_agg(replace(pg_get_indexdef(x.indexrelid), c.relname, 'it') || (x.indexrelid IN (SELECT inhrelid FROM pg_inherits)), ', '
                 ORDER BY pg_get_indexdef(x.indexrelid))
               FROM pg_index x WHERE x.indrelid = c.oid))
            FROM pg_class c WHERE c.relname = '%s'
            """;

    @Test
    void areAsThoseThatTheFirstMigrationMade(TestDatabase database) {
        database.execute("SELECT sluice_ensure_partitions(3)");
        for (String table : TABLES) {
            String made = database.text(SHAPE.formatted(newest(database, table)));
            String first = database.text(SHAPE.formatted(oldest(database, table)));
            assertThat(made).as(table).isEqualTo(first);
        }
    }

    private static String newest(TestDatabase database, String table) {
        return database.text(
                "SELECT max(inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = '" + table + "'::regclass");
    }

    private static String oldest(TestDatabase database, String table) {
        return database.text(
                "SELECT min(inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = '" + table + "'::regclass");
    }
}
