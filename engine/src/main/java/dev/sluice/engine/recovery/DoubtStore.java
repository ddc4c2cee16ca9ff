package dev.sluice.engine.recovery;

import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.Purpose;
import dev.sluice.engine.recovery.DoubtfulCall.Traveller;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the calls of apps that are open or in doubt, with everybody in them who is not settled otherwise. */
public final class DoubtStore {
    /** Of an app; more are read when these are resolved. Half costs more rounds after a crash, double more memory in one. */
    private static final int MOST_CALLS = 500;

    /** Open ones first: who is in them still waits as far as the deliveries say. Who was in a doubtful one and waits again waits for a person's decision, not for it. */
    private static final String UNRESOLVED = """
            SELECT c.app_id, c.tenant_id, c.id, c.channel_id, c.purpose, c.state, c.epoch,
                   (extract(epoch FROM clock_timestamp() - c.intent_at) * 1000)::bigint AS age_millis,
                   (extract(epoch FROM c.intent_at) * 1000)::bigint AS intent_at_millis,
                   t.submission_ids, t.ordinals, t.recipients, t.attempts,
                   coalesce((SELECT s.content FROM submission s WHERE s.tenant_id = c.tenant_id AND s.id = c.submission_ids[1]), '') AS content
            FROM unnest($1::bigint[], $2::bigint[]) AS app (id, epoch)
            CROSS JOIN LATERAL (
              SELECT * FROM call
              WHERE app_id = app.id AND state IN (0, 7) AND channel_id = ANY ($5::bigint[]) AND id <> ALL ($3::bigint[]) AND (state = 7 OR epoch < app.epoch)
              ORDER BY state, id LIMIT $4) c
            CROSS JOIN LATERAL (
              SELECT array_agg(d.submission_id ORDER BY u.n) AS submission_ids, array_agg(d.ordinal ORDER BY u.n) AS ordinals,
                     array_agg(d.recipient ORDER BY u.n) AS recipients, array_agg(d.attempts ORDER BY u.n) AS attempts
              FROM unnest(c.submission_ids, c.ordinals) WITH ORDINALITY AS u (submission_id, ordinal, n)
              JOIN delivery d ON d.tenant_id = c.tenant_id AND d.submission_id = u.submission_id AND d.ordinal = u.ordinal
              WHERE (d.state = 0 AND c.state = 0) OR (d.state = 7 AND d.call_id = c.id)) t
            ORDER BY c.app_id, c.state, c.id
            """;

    private final Pool pool;

    /**
     * @param pool Postgres
     */
    public DoubtStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * What is asked about an app.
     *
     * @param appId which
     * @param epoch the present owner's
     * @param channels through which somebody could take care of calls: others, of a kind that this build does not know, hold up nobody
     * @param known calls that somebody takes care of already
     */
    public record Question(long appId, long epoch, Collection<Long> channels, Collection<Long> known) {}

    /**
     * What is unresolved of an app.
     *
     * @param calls the oldest, at most 500, open ones first; these only as far as an earlier owner made them
     * @param moreOpen whether there may be more open ones
     */
    public record Unresolved(List<DoubtfulCall> calls, boolean moreOpen) {
        private static final Unresolved NOTHING = new Unresolved(List.of(), false);
    }

    /** The answers by app; one for every question. */
    public Future<Map<Long, Unresolved>> unresolved(Collection<Question> questions) {
        Tuple asked = Tuple.of(
                questions.stream().map(Question::appId).toArray(Long[]::new),
                questions.stream().map(Question::epoch).toArray(Long[]::new),
                questions.stream().flatMap(one -> one.known().stream()).toArray(Long[]::new),
                MOST_CALLS,
                questions.stream().flatMap(one -> one.channels().stream()).toArray(Long[]::new));
        return pool.preparedQuery(UNRESOLVED).execute(asked).map(rows -> {
            Map<Long, List<DoubtfulCall>> calls = new HashMap<>();
            for (Row row : rows) {
                calls.computeIfAbsent(row.getLong(0), app -> new ArrayList<>()).add(call(row));
            }
            return questions.stream()
                    .collect(Collectors.toMap(Question::appId, one -> unresolved(calls.get(one.appId()))));
        });
    }

    private static Unresolved unresolved(List<DoubtfulCall> calls) {
        return calls == null
                ? Unresolved.NOTHING
                : new Unresolved(
                        calls, calls.size() == MOST_CALLS && calls.getLast().state() == CallState.OPEN);
    }

    private static DoubtfulCall call(Row row) {
        return new DoubtfulCall(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                Purpose.values()[row.getShort(4)],
                CallState.ofCode(row.getShort(5)),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                travellers(row),
                row.getString(13));
    }

    private static List<Traveller> travellers(Row row) {
        Long[] submissions = row.getArrayOfLongs(9);
        if (submissions == null) {
            return List.of();
        }
        Integer[] ordinals = row.getArrayOfIntegers(10);
        String[] recipients = row.getArrayOfStrings(11);
        Short[] attempts = row.getArrayOfShorts(12);
        List<Traveller> travellers = new ArrayList<>(submissions.length);
        for (int i = 0; i < submissions.length; i++) {
            travellers.add(new Traveller(new DeliveryKey(submissions[i], ordinals[i]), recipients[i], attempts[i]));
        }
        return travellers;
    }
}
