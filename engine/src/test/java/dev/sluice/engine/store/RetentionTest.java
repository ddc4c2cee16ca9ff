package dev.sluice.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A finished month of long ago, and what names its submissions. */
@ExtendWith(PostgresExtension.class)
class RetentionTest {
    private static final String DROP = "SELECT sluice_drop_oldest_month(2)";
    private TestDatabase database;

    @BeforeEach
    void anOldMonth(TestDatabase fresh) {
        database = fresh;
        for (String table : new String[] {"submission", "delivery", "call", "attempt"}) {
            database.execute("CREATE TABLE " + table + "_2025_03 PARTITION OF " + table + " FOR VALUES FROM ("
                    + idAt("2025-03-01") + ") TO (" + idAt("2025-04-01") + ")");
        }
        long old = idAt("2025-03-09");
        database.execute("""
                INSERT INTO tenant (name) VALUES ('acme');
                INSERT INTO organisation (tenant_id, platform, corp_id, name) VALUES (1, 'dingtalk', 'corp', 'acme');
                INSERT INTO app (tenant_id, organisation_id, name, app_key, secrets_cipher) VALUES (1, 1, 'news', 'key', '');
                INSERT INTO budget (organisation_id, month, pool, granted, spent) VALUES (1, '2025-03-01', 'api', 100, 3);
                INSERT INTO budget_posting (organisation_id, month, pool, debit, credit, units, reason, actor)
                  VALUES (1, '2025-03-01', 'api', 'platform', 'available', 100, 'profile grant', 'test');
                INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total, sent)
                  VALUES (1, %1$d, 1, 2, 4, '{}', gen_random_uuid(), 1, 1);
                INSERT INTO campaign (tenant_id, submission_id, name) VALUES (1, %1$d, 'spring');
                INSERT INTO campaign_reject VALUES (1, %1$d, 0, 'empty', '');
                INSERT INTO idempotency (tenant_id, key, body_hash, submission_id) VALUES (1, 'k', gen_random_uuid(), %1$d);
                INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient, state, settled_at)
                  VALUES (1, %1$d, 0, 1, 'zhangsan', 1, now());
                INSERT INTO call (tenant_id, id, app_id, channel_id, organisation_id, purpose, api, node, epoch, submission_ids, ordinals,
                  budget_month, budget_pool, units, charge, state, answered_at)
                  VALUES (1, %1$d, 1, 1, 1, 0, 'send', 'n1', 1, '{%1$d}', '{0}', '2025-03-01', 'api', 3, 1, 1, now())
                """.formatted(old));
    }

    @Test
    void leavesNoTraceOfItsPeopleAndBooksThatStillAddUp() {
        assertThat(booked()).isEqualTo(3);
        assertThat(database.text(DROP)).isEqualTo("2025_03");
        for (String table :
                new String[] {"submission", "delivery", "call", "attempt", "campaign", "campaign_reject", "idempotency"
                }) {
            assertThat(database.number("SELECT count(*) FROM " + table))
                    .as(table)
                    .isZero();
        }
        assertThat(database.text("SELECT to_regclass('delivery_2025_03')")).isNull();
        assertThat(booked()).isEqualTo(3);
        assertThat(database.text(DROP)).as("newer months stay").isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "submission SET state = 1",
                "submission SET state = 2",
                "submission SET state = 3",
                "call SET state = 7"
            })
    void staysWhileSomethingOfItIsNotDoneAndIsNotReadForThat(String notDone) throws SQLException {
        database.execute("UPDATE " + notDone);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThat(only(statement, DROP)).isNull();
            assertThat(
                            only(
                                    statement,
                                    "SELECT sum(seq_scan) FROM pg_stat_xact_user_tables WHERE relname IN ('submission_2025_03', 'call_2025_03')"))
                    .isEqualTo("0");
            connection.rollback();
        }
        assertThat(database.number("SELECT count(*) FROM delivery")).isOne();
    }

    private static String only(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private long booked() {
        return database.number(
                "SELECT sum(CASE 'spent' WHEN credit THEN units WHEN debit THEN -units ELSE 0 END) FROM ledger_posting");
    }

    private long idAt(String day) {
        return database.number("SELECT sluice_id_floor('" + day + " UTC'::timestamptz)");
    }
}
