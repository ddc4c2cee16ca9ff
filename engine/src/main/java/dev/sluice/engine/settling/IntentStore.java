package dev.sluice.engine.settling;

import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.settling.CallIntent.Answer;
import dev.sluice.engine.store.Columns;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * Makes intents durable: the call row and the reservation of its units in one statement, fenced by the app's lease. Many calls at a time; each is judged by
 * itself. Holds no connection across a call.
 */
public final class IntentStore {
    /**
     * Locks the lease rows (so that no take-over slips in between) and the budget rows, judges every call, books and inserts those that may go. Who may touch the
     * reserve is judged first, and otherwise who stands first: so whoever is refused takes nothing from anybody, since nobody behind them wants less.
     * Rows are locked in the order of their keys, as everywhere, so that two statements never wait for each other.
     *
     * <p>Its work grows with its calls, not with their square: connections for calls join by walking, so accounts meet their calls in one sorted line, and what asks
     * whether something is among many is a question that Postgres answers by hashing ({@code IS TRUE} keeps it one). The line reads the calls first: that locks
     * their leases before the budgets.
     */
    static final String COMMIT_INTENTS = """
            WITH asked AS (
              SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::smallint[], $8::bigint[],
                                   $9::text[], $10::text[], $11::text[], $12::date[], $13::text[], $14::smallint[], $15::boolean[], $16::integer[])
                WITH ORDINALITY AS a (tenant_id, id, app_id, epoch, channel_id, organisation_id, purpose, subject_call_id,
                                      api, submission_ids, ordinals, budget_month, budget_pool, units, limited, reserve_percent, position)
            ), lease AS (
              SELECT app_id, epoch FROM app_lease
              WHERE app_id = ANY ($3::bigint[]) AND incarnation = $18
              ORDER BY app_id
              FOR SHARE
            ), account AS (
              SELECT organisation_id, month, pool, granted, granted - reserved - spent - foreign_spent AS available, exhausted_until
              FROM budget
              WHERE (organisation_id, month, pool) IN (SELECT organisation_id, budget_month, budget_pool FROM asked WHERE units > 0)
              ORDER BY organisation_id, month, pool
              FOR UPDATE
            ), line AS (
              SELECT organisation_id, budget_month AS month, budget_pool AS pool, position, NULL::bigint AS granted, NULL::bigint AS available,
                NULL::timestamptz AS exhausted_until, units, limited, reserve_percent, (app_id, epoch) IN (SELECT app_id, epoch FROM lease) AS ours
              FROM asked
              UNION ALL
              SELECT organisation_id, month, pool, 0, granted, available, exhausted_until, 0, NULL, 0, true
              FROM account
            ), judged AS (
              SELECT organisation_id, month, pool, position, units,
                CASE
                  WHEN NOT ours THEN 'fenced'
                  WHEN units = 0 THEN 'go'
                  WHEN first_value(granted) OVER account IS NULL AND limited THEN 'This month has no budget yet.'
                  WHEN first_value(granted) OVER account IS NULL THEN 'go'
                  WHEN first_value(exhausted_until) OVER account > now() THEN 'The platform says that the month is used up.'
                  WHEN limited AND sum(units) FILTER (WHERE ours) OVER account > first_value(available) OVER account - first_value(granted) OVER account * reserve_percent / 100
                    THEN CASE WHEN reserve_percent > 0 THEN 'The month is used up but for the reserve of urgent messages.' ELSE 'The month is used up.' END
                  ELSE 'go'
                END AS verdict
              FROM line
              WINDOW account AS (PARTITION BY organisation_id, month, pool ORDER BY reserve_percent, position)
            ), reserved AS (
              UPDATE budget b SET reserved = b.reserved + s.units
              FROM (SELECT organisation_id, month, pool, sum(units) AS units FROM judged WHERE verdict = 'go' AND units > 0 GROUP BY 1, 2, 3) s
              WHERE b.organisation_id = s.organisation_id AND b.month = s.month AND b.pool = s.pool
            ), intent AS (
              INSERT INTO call (tenant_id, id, app_id, epoch, channel_id, organisation_id, purpose, subject_call_id, api, node,
                                submission_ids, ordinals, budget_month, budget_pool, units)
              SELECT tenant_id, id, app_id, epoch, channel_id, organisation_id, purpose, nullif(subject_call_id, 0), api, $17,
                     submission_ids::bigint[], ordinals::integer[], budget_month, budget_pool, units
              FROM asked WHERE (position IN (SELECT position FROM judged WHERE verdict = 'go')) IS TRUE
            )
            SELECT verdict FROM judged WHERE position > 0 ORDER BY position
            """;

    /**
     * Makes sure that these intents never count, whatever became of the statement that should have committed them: those that stand are ended as not sent, and
     * the others' places are taken, so that a statement that is still under way fails.
     */
    private static final String WITHDRAW = """
            WITH asked AS (
              SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::smallint[], $8::bigint[],
                                   $9::text[], $10::text[], $11::text[], $12::date[], $13::text[], $14::smallint[], $15::boolean[], $16::integer[])
                AS a (tenant_id, id, app_id, epoch, channel_id, organisation_id, purpose, subject_call_id,
                      api, submission_ids, ordinals, budget_month, budget_pool, units, limited, reserve_percent)
            ), ended AS (
              INSERT INTO call AS c (tenant_id, id, app_id, epoch, channel_id, organisation_id, purpose, subject_call_id, api, node,
                                     submission_ids, ordinals, budget_month, budget_pool, units, state, charge, answered_at)
              SELECT tenant_id, id, app_id, epoch, channel_id, organisation_id, purpose, nullif(subject_call_id, 0), api, $17,
                     submission_ids::bigint[], ordinals::integer[], budget_month, budget_pool, 0, %1$d, 2, clock_timestamp()
              FROM asked ORDER BY tenant_id, id
              ON CONFLICT (tenant_id, id) DO UPDATE SET state = %1$d, charge = 2, answered_at = clock_timestamp()
                WHERE c.state = 0 AND c.epoch = excluded.epoch
              RETURNING organisation_id, budget_month, budget_pool, units
            )
            UPDATE budget b SET reserved = greatest(b.reserved - e.units, 0)
            FROM (SELECT organisation_id, budget_month, budget_pool, sum(units) AS units FROM ended WHERE units > 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) e
            WHERE b.organisation_id = e.organisation_id AND b.month = e.budget_month AND b.pool = e.budget_pool
            """.formatted(CallState.NOT_SENT.code());

    private final Pool pool;
    private final UUID incarnation;
    private final String node;

    /**
     * @param pool made by {@code PgPools.keyed}
     * @param incarnation this process, as the leases know it
     * @param node this node's name
     */
    public IntentStore(Pool pool, UUID incarnation, String node) {
        this.pool = pool;
        this.incarnation = incarnation;
        this.node = node;
    }

    /** One answer for each intent, in order. When it fails, nobody knows whether they are durable: {@link #withdraw} ends that. */
    public Future<List<Answer>> commit(List<CallIntent> intents) {
        return pool.preparedQuery(COMMIT_INTENTS)
                .execute(parameters(intents).addUUID(incarnation))
                .map(IntentStore::answers);
    }

    /** Makes sure that intents never count; may be repeated until it succeeds. Gives nothing for each. */
    public Future<List<Void>> withdraw(List<CallIntent> intents) {
        return pool.preparedQuery(WITHDRAW)
                .execute(parameters(intents))
                .map(withdrawn -> Collections.nCopies(intents.size(), null));
    }

    private Tuple parameters(List<CallIntent> intents) {
        Columns<CallIntent> columns = new Columns<>(intents);
        return Tuple.from(List.of(
                columns.longs(CallIntent::tenantId),
                columns.longs(CallIntent::callId),
                columns.longs(CallIntent::appId),
                columns.longs(CallIntent::epoch),
                columns.longs(CallIntent::channelId),
                columns.longs(CallIntent::organisationId),
                columns.shorts(intent -> intent.purpose().code()),
                columns.longs(CallIntent::subjectCallId),
                columns.texts(CallIntent::api),
                columns.texts(IntentStore::submissionIds),
                columns.texts(IntentStore::ordinals),
                columns.of(LocalDate[]::new, CallIntent::month),
                columns.texts(intent -> intent.pool().wireName()),
                columns.shorts(intent -> (short) intent.units()),
                columns.of(Boolean[]::new, CallIntent::limited),
                columns.integers(CallIntent::reservePercent),
                node));
    }

    private static List<Answer> answers(RowSet<Row> rows) {
        List<Answer> answers = new ArrayList<>(rows.size());
        for (Row row : rows) {
            String verdict = row.getString(0);
            answers.add(
                    switch (verdict) {
                        case "go" -> new Answer.Committed();
                        case "fenced" -> new Answer.Fenced();
                        default -> new Answer.MonthSpent(verdict);
                    });
        }
        return answers;
    }

    /** Arrays of arrays cannot be ragged in Postgres, so each call's travellers go as the text form of an array. */
    private static String submissionIds(CallIntent intent) {
        StringBuilder text = new StringBuilder(intent.deliveries().size() * 20 + 2).append('{');
        String separator = "";
        for (DeliveryKey key : intent.deliveries()) {
            text.append(separator).append(key.submissionId());
            separator = ",";
        }
        return text.append('}').toString();
    }

    private static String ordinals(CallIntent intent) {
        StringBuilder text = new StringBuilder(intent.deliveries().size() * 5 + 2).append('{');
        String separator = "";
        for (DeliveryKey key : intent.deliveries()) {
            text.append(separator).append(key.ordinal());
            separator = ",";
        }
        return text.append('}').toString();
    }
}
