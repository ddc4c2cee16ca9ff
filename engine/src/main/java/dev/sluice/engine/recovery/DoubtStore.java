package dev.sluice.engine.recovery;

import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.recovery.DoubtfulCall.Traveller;
import dev.sluice.engine.settling.CallIntent.Purpose;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads the calls of an app that are open or in doubt, with everybody in them who is not settled otherwise. */
public final class DoubtStore {
    /** More are read when these are resolved. Half costs more rounds after a crash, double more memory in one. */
    private static final int MOST_CALLS = 500;

    private static final String UNRESOLVED = """
            SELECT c.tenant_id, c.id, c.channel_id, c.purpose, c.state, c.epoch,
                   (extract(epoch FROM clock_timestamp() - c.intent_at) * 1000)::bigint AS age_millis,
                   (extract(epoch FROM c.intent_at) * 1000)::bigint AS intent_at_millis,
                   t.submission_ids, t.ordinals, t.recipients, t.attempts,
                   coalesce((SELECT s.content FROM submission s WHERE s.tenant_id = c.tenant_id AND s.id = c.submission_ids[1]), '') AS content
            FROM (SELECT * FROM call WHERE app_id = $1 AND state IN (0, 7) AND NOT (id = ANY ($3::bigint[])) AND (state = 7 OR epoch < $4)
                  ORDER BY app_id, id LIMIT $2) c
            CROSS JOIN LATERAL (
              SELECT array_agg(d.submission_id ORDER BY u.n) AS submission_ids, array_agg(d.ordinal ORDER BY u.n) AS ordinals,
                     array_agg(d.recipient ORDER BY u.n) AS recipients, array_agg(d.attempts ORDER BY u.n) AS attempts
              FROM unnest(c.submission_ids, c.ordinals) WITH ORDINALITY AS u (submission_id, ordinal, n)
              JOIN delivery d ON d.tenant_id = c.tenant_id AND d.submission_id = u.submission_id AND d.ordinal = u.ordinal
              WHERE d.state = 0 OR (d.state = 7 AND d.call_id = c.id)) t
            """;

    private final Pool pool;

    /**
     * @param pool Postgres
     */
    public DoubtStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * The oldest unresolved calls of an app, at most 500; open ones only as far as an earlier owner made them.
     *
     * @param epoch the present owner's
     * @param known calls that somebody takes care of already
     */
    public Future<List<DoubtfulCall>> unresolved(long appId, long epoch, Collection<Long> known) {
        return pool.preparedQuery(UNRESOLVED)
                .execute(Tuple.of(appId, MOST_CALLS, known.toArray(Long[]::new), epoch))
                .map(rows -> {
                    List<DoubtfulCall> calls = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        calls.add(call(row));
                    }
                    return calls;
                });
    }

    private static DoubtfulCall call(Row row) {
        return new DoubtfulCall(
                row.getLong(0),
                row.getLong(1),
                row.getLong(2),
                Purpose.values()[row.getShort(3)],
                CallState.ofCode(row.getShort(4)),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                travellers(row),
                row.getString(12));
    }

    private static List<Traveller> travellers(Row row) {
        Long[] submissions = row.getArrayOfLongs(8);
        if (submissions == null) {
            return List.of();
        }
        Integer[] ordinals = row.getArrayOfIntegers(9);
        String[] recipients = row.getArrayOfStrings(10);
        Short[] attempts = row.getArrayOfShorts(11);
        List<Traveller> travellers = new ArrayList<>(submissions.length);
        for (int i = 0; i < submissions.length; i++) {
            travellers.add(new Traveller(new DeliveryKey(submissions[i], ordinals[i]), recipients[i], attempts[i]));
        }
        return travellers;
    }
}
