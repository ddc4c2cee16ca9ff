package dev.sluice.engine.scheduling.queue;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.model.SubmissionState;
import dev.sluice.engine.store.Columns;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a lane's owner reads: which submissions are open, and who of them still waits. Reading is not progress; only settling is. */
public final class LaneStore {
    /** Written as in the index of the queue, which is asked then and not the rows. */
    private static final String DUE =
            "CASE WHEN state = 3 THEN '-infinity' ELSE coalesce(not_before, '-infinity') END <= now()";

    /** The first open submissions of each of several channels, a run of an index each, and when the next that is for later may go. */
    static final String OPEN_SUBMISSIONS = """
            SELECT u.place, s.tenant_id, s.id, s.priority, s.state, s.deliver_by, s.content_hash, s.content, s.total, s.settled_below, l.wait_millis
            FROM unnest($1::bigint[], $2::integer[]) WITH ORDINALITY AS u (channel_id, most, place)
            LEFT JOIN LATERAL (
              SELECT ceil(extract(epoch FROM not_before - now()) * 1000)::bigint AS wait_millis FROM submission
              WHERE channel_id = u.channel_id AND state = 1 AND not_before > now()
              ORDER BY not_before LIMIT 1) l ON true
            LEFT JOIN LATERAL (
              SELECT tenant_id, id, priority, state, deliver_by, content_hash, content, total, settled_below FROM submission
              WHERE channel_id = u.channel_id AND state IN (1, 3) AND {due}
                AND id NOT IN (SELECT unnest($3::bigint[]))
              ORDER BY priority, deliver_by, id LIMIT u.most) s ON true
            ORDER BY u.place, s.priority, s.deliver_by, s.id
            """.replace("{due}", DUE);

    /**
     * What came since: in each class a range of the queue's index without deadline, and one of deadlines to come. A look at all open ones walks over the entries of
     * those that ended since the last vacuum; this one begins behind them, and where they had deadlines, behind those whose deadline is over.
     */
    static final String NEW_SUBMISSIONS = """
            SELECT u.place, s.tenant_id, s.id, s.priority, s.state, s.deliver_by, s.content_hash, s.content, s.total, s.settled_below
            FROM unnest($1::bigint[], $2::integer[], $3::bigint[]) WITH ORDINALITY AS u (channel_id, most, since_id, place)
            CROSS JOIN (VALUES (0::smallint), (1::smallint), (2::smallint)) AS class (priority)
            CROSS JOIN LATERAL (
              (SELECT tenant_id, id, priority, state, deliver_by, content_hash, content, total, settled_below FROM submission
               WHERE channel_id = u.channel_id AND state IN (1, 3) AND {due}
                 AND priority = class.priority AND deliver_by IS NULL AND id >= u.since_id AND id NOT IN (SELECT unnest($4::bigint[]))
               ORDER BY deliver_by, id LIMIT u.most)
              UNION ALL
              (SELECT tenant_id, id, priority, state, deliver_by, content_hash, content, total, settled_below FROM submission
               WHERE channel_id = u.channel_id AND state IN (1, 3) AND {due}
                 AND priority = class.priority AND deliver_by > now() AND id >= u.since_id AND id NOT IN (SELECT unnest($4::bigint[]))
               ORDER BY deliver_by, id LIMIT u.most)) s
            ORDER BY u.place, s.priority, s.deliver_by, s.id
            """.replace("{due}", DUE);

    /** Those of the submissions that are no longer simply running, or of which somebody opened again what was settled. */
    private static final String CHANGED = """
            SELECT s.id, s.state FROM unnest($1::bigint[], $2::bigint[], $3::integer[]) AS u (tenant_id, id, written_below)
            JOIN submission s ON s.tenant_id = u.tenant_id AND s.id = u.id
            WHERE s.state <> 1 OR s.settled_below < u.written_below
            """;

    /**
     * Deliveries of a submission that one page looks at, waiting or not. Half reads a long stretch of settled ones in twice as many questions, double lets the lanes that
     * ask in the same question wait for as much longer.
     */
    static final int MOST_LOOKED_AT = 50_000;

    /** One page of the waiting deliveries of each of several submissions: a run of the primary key each. */
    private static final String WAITING = """
            SELECT u.submission_id, d.ordinal, d.recipient, d.attempts,
              greatest(ceil(extract(epoch FROM d.not_before - clock_timestamp()) * 1000), 0)::bigint AS wait_millis
            FROM unnest($1::bigint[], $2::bigint[], $3::integer[], $4::integer[]) AS u (tenant_id, submission_id, from_ordinal, most)
            CROSS JOIN LATERAL (
              SELECT ordinal, recipient, attempts, not_before FROM delivery
              WHERE tenant_id = u.tenant_id AND submission_id = u.submission_id
                AND ordinal BETWEEN u.from_ordinal AND u.from_ordinal + %d AND state = 0
              ORDER BY ordinal LIMIT u.most) d
            """.formatted(MOST_LOOKED_AT - 1);

    /** A cancelled submission of which nothing is left to settle. */
    private static final String CLOSE_CANCELLED = """
            UPDATE submission SET state = 5, finished_at = clock_timestamp()
            WHERE tenant_id = $1 AND id = $2 AND state = 3
              AND sent + delivered + failed + suppressed + expired + cancelled + in_doubt = total
            """;

    private final Pool pool;

    /**
     * @param pool Postgres
     */
    public LaneStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * What a lane wants to know of its channel.
     *
     * @param channelId which
     * @param known submissions that it has already
     * @param most submissions that it has room for
     */
    public record Look(long channelId, List<Long> known, int most) {}

    /**
     * What it finds.
     *
     * @param specs the most urgent open submissions of the channel that are not among the known ones
     * @param nextDueMillis how long until the next that is for later may go; empty where there is none
     */
    public record Open(List<SubmissionWork.Spec> specs, Optional<Long> nextDueMillis) {}

    /**
     * The same of what came since.
     *
     * @param look what it wants to know; of each class and kind of deadline it gets so many
     * @param sinceId the smallest id that is asked for
     */
    public record NewLook(Look look, long sinceId) {}

    /**
     * Pages that a lane wants, from the cursor of each submission on.
     *
     * @param works which submissions
     * @param rowsOfEach most rows of each
     */
    public record Pages(List<SubmissionWork> works, int rowsOfEach) {
        /** Most rows that they have. */
        int mostRows() {
            return works.stream()
                    .mapToInt(work -> Math.min(rowsOfEach, work.unread()))
                    .sum();
        }
    }

    /** What each look finds. */
    public Future<List<Open>> open(List<Look> looks) {
        Columns<Look> columns = new Columns<>(looks);
        return pool.preparedQuery(OPEN_SUBMISSIONS)
                .execute(Tuple.of(columns.longs(Look::channelId), columns.integers(Look::most), known(looks)))
                .map(rows -> {
                    Long[] waits = new Long[looks.size()];
                    rows.forEach(row -> waits[row.getInteger(0) - 1] = row.getLong(10));
                    List<List<SubmissionWork.Spec>> specs = specs(rows, looks.size());
                    return IntStream.range(0, waits.length)
                            .mapToObj(look -> new Open(specs.get(look), Optional.ofNullable(waits[look])))
                            .toList();
                });
    }

    /** For each look the open submissions of the channel that came since and are not among the known ones, the most urgent first. */
    public Future<List<List<SubmissionWork.Spec>>> newlyOpen(List<NewLook> asked) {
        List<Look> looks = asked.stream().map(NewLook::look).toList();
        Columns<Look> columns = new Columns<>(looks);
        return pool.preparedQuery(NEW_SUBMISSIONS)
                .execute(Tuple.of(
                        columns.longs(Look::channelId),
                        columns.integers(Look::most),
                        new Columns<>(asked).longs(NewLook::sinceId),
                        known(looks)))
                .map(rows -> specs(rows, looks.size()));
    }

    private static Long[] known(List<Look> looks) {
        return Columns.ofEach(looks, Look::known).longs(id -> id);
    }

    private static List<List<SubmissionWork.Spec>> specs(RowSet<Row> rows, int looks) {
        List<List<SubmissionWork.Spec>> specs = Stream.generate(
                        () -> (List<SubmissionWork.Spec>) new ArrayList<SubmissionWork.Spec>())
                .limit(looks)
                .toList();
        for (Row row : rows) {
            if (row.getLong(2) != null) {
                specs.get(row.getInteger(0) - 1).add(spec(row));
            }
        }
        return specs;
    }

    /** The states of those of the submissions that are paused, being cancelled, at their end, or that were opened again. */
    public Future<Map<Long, SubmissionState>> changed(List<SubmissionWork> works) {
        Long[] tenants = works.stream().map(work -> work.spec().tenantId()).toArray(Long[]::new);
        Long[] ids = works.stream().map(SubmissionWork::id).toArray(Long[]::new);
        Integer[] written = works.stream().map(SubmissionWork::writtenBelow).toArray(Integer[]::new);
        return pool.preparedQuery(CHANGED)
                .execute(Tuple.of(tenants, ids, written))
                .map(rows -> {
                    Map<Long, SubmissionState> states = new HashMap<>();
                    for (Row row : rows) {
                        states.put(row.getLong(0), SubmissionState.ofCode(row.getShort(1)));
                    }
                    return states;
                });
    }

    /** The next waiting deliveries of each of the submissions among so many as are looked at, in order; nothing for those without any. */
    public Future<Map<Long, List<LaneQueue.Row>>> waiting(List<Pages> asked) {
        List<Long> tenants = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        List<Integer> from = new ArrayList<>();
        List<Integer> most = new ArrayList<>();
        for (Pages wanted : asked) {
            for (SubmissionWork work : wanted.works()) {
                tenants.add(work.spec().tenantId());
                ids.add(work.id());
                from.add(work.cursor);
                most.add(wanted.rowsOfEach());
            }
        }
        return pool.preparedQuery(WAITING)
                .execute(Tuple.of(
                        tenants.toArray(Long[]::new),
                        ids.toArray(Long[]::new),
                        from.toArray(Integer[]::new),
                        most.toArray(Integer[]::new)))
                .map(rows -> {
                    Map<Long, List<LaneQueue.Row>> pages = new HashMap<>();
                    for (Row row : rows) {
                        pages.computeIfAbsent(row.getLong(0), id -> new ArrayList<>())
                                .add(new LaneQueue.Row(
                                        row.getInteger(1), row.getString(2), row.getShort(3), row.getLong(4)));
                    }
                    return pages;
                });
    }

    /** Ends a cancelled submission if nothing of it is left. */
    public Future<Void> closeCancelled(SubmissionWork.Spec spec) {
        return pool.preparedQuery(CLOSE_CANCELLED)
                .execute(Tuple.of(spec.tenantId(), spec.id()))
                .mapEmpty();
    }

    private static SubmissionWork.Spec spec(Row row) {
        return new SubmissionWork.Spec(
                row.getLong(1),
                row.getLong(2),
                PriorityClass.ofCode(row.getShort(3)),
                SubmissionState.ofCode(row.getShort(4)) == SubmissionState.CANCELLING,
                millis(row.getOffsetDateTime(5), Long.MAX_VALUE),
                row.getUUID(6),
                row.getString(7),
                row.getInteger(8),
                row.getInteger(9));
    }

    private static long millis(OffsetDateTime time, long absent) {
        return time == null ? absent : time.toInstant().toEpochMilli();
    }

    /** Where a page ends: a full one after its last row, one that is not full where it was looked for. Pure. */
    public static int end(SubmissionWork work, List<LaneQueue.Row> rows, int pageSize) {
        return rows.size() < pageSize
                ? Math.min(work.spec().total(), work.cursor + MOST_LOOKED_AT)
                : rows.get(rows.size() - 1).ordinal() + 1;
    }
}
