package dev.sluice.engine.scheduling.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.scheduling.queue.LaneStore.Look;
import dev.sluice.engine.scheduling.queue.LaneStore.NewLook;
import dev.sluice.engine.scheduling.queue.LaneStore.Pages;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a lane finds when it looks for what came since. */
@ExtendWith({VertxExtension.class, PostgresExtension.class})
class LaneStoreTest {
    private static final long CHANNEL = 7;
    private static final int RUNNING = 1;
    private static final int PAUSED = 2;
    private static final int CANCELLING = 3;
    private static final int FINISHED = 4;
    private static final String NO_TIME = "NULL";
    private static final String IN_AN_HOUR = "now() + interval '1 hour'";
    private static final String AN_HOUR_AGO = "now() - interval '1 hour'";

    private final IdSequence ids = new IdSequence(System::currentTimeMillis, 0);
    private TestDatabase database;
    private Pool keyed;
    private LaneStore lanes;

    @BeforeEach
    void build(Vertx vertx, TestDatabase database) {
        this.database = database;
        this.keyed = PgPools.keyed(vertx, database.connectOptions(), PgTimeouts.STANDARD, "lanes", 1, 1);
        this.lanes = new LaneStore(keyed);
    }

    @AfterEach
    void close() {
        TestWaiting.await(keyed.close());
    }

    @Test
    void itFindsWhatIsMostUrgentFirst() {
        long bulk = submission(CHANNEL, 2, RUNNING, NO_TIME, NO_TIME);
        long bulkWithDeadline = submission(CHANNEL, 2, RUNNING, NO_TIME, IN_AN_HOUR);
        long cancelled = submission(CHANNEL, 1, CANCELLING, IN_AN_HOUR, NO_TIME);
        long critical = submission(CHANNEL, 0, RUNNING, AN_HOUR_AGO, NO_TIME);

        assertThat(newSince(bulk)).containsExactly(critical, cancelled, bulkWithDeadline, bulk);
    }

    @Test
    void itLeavesOutWhatIsKnownOlderNotOpenOrOfAnotherChannel() {
        submission(CHANNEL, 2, RUNNING, NO_TIME, NO_TIME);
        long since = submission(CHANNEL, 2, RUNNING, NO_TIME, NO_TIME);
        long known = submission(CHANNEL, 2, RUNNING, NO_TIME, IN_AN_HOUR);
        submission(CHANNEL, 2, PAUSED, NO_TIME, NO_TIME);
        submission(CHANNEL, 2, FINISHED, NO_TIME, IN_AN_HOUR);
        submission(CHANNEL, 2, RUNNING, IN_AN_HOUR, NO_TIME);
        submission(CHANNEL + 1, 2, RUNNING, NO_TIME, NO_TIME);

        assertThat(newSince(since, known)).containsExactly(since);
    }

    @Test
    void itsWorkDoesNotGrowWithWhatEnded() {
        finish(1_000);
        long pagesBesideFew = pagesOfNew();
        finish(30_000);
        long pagesBesideMany = pagesOfNew();

        assertThat(pagesBesideMany).isLessThanOrEqualTo(pagesBesideFew + 20);
    }

    @Test
    void aLookAtAllFindsWhatIsDueOrBeingCancelledAndWhenTheNextMayGo() {
        submission(CHANNEL, 0, RUNNING, "now() + interval '2 hours'", NO_TIME);
        submission(CHANNEL, 2, RUNNING, IN_AN_HOUR, NO_TIME);
        long due = submission(CHANNEL, 1, RUNNING, AN_HOUR_AGO, NO_TIME);
        long cancelled = submission(CHANNEL, 1, CANCELLING, IN_AN_HOUR, NO_TIME);
        long now = submission(CHANNEL, 0, RUNNING, NO_TIME, NO_TIME);
        List<LaneStore.Open> open = TestWaiting.await(
                lanes.open(List.of(new Look(CHANNEL, List.of(), 10), new Look(CHANNEL + 1, List.of(), 10))));

        assertThat(open.get(0).specs()).extracting(SubmissionWork.Spec::id).containsExactly(now, due, cancelled);
        assertThat(open.get(0).nextDueMillis())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(3_000_000L, 3_600_000L));
        assertThat(open.get(1)).isEqualTo(new LaneStore.Open(List.of(), Optional.empty()));
    }

    /** A hundred entries of the index are on a page; a row is one of its own. */
    @Test
    void aLookAtAllReadsNoRowOfWhatIsForLater() {
        forLater(1_000);
        long pagesBesideFew = pagesOfAll();
        forLater(30_000);
        long pagesBesideMany = pagesOfAll();

        assertThat(pagesBesideMany).isLessThanOrEqualTo(pagesBesideFew + 1_000);
    }

    /** A person sent to again, or the end of a campaign that was read anew, may lie behind millions that are settled. */
    @Test
    void aLongStretchOfSettledDeliveriesIsReadInBoundedPages() {
        long submission = ids.next();
        int total = 2 * LaneStore.MOST_LOOKED_AT + 1;
        database.execute("""
                INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient, state, settled_at)
                SELECT 1, %1$d, n, %2$d, '', 1, now() FROM generate_series(0, %3$d - 2) n
                UNION ALL SELECT 1, %1$d, %3$d - 1, %2$d, '', 0, NULL
                """.formatted(submission, CHANNEL, total));
        SubmissionWork work = new SubmissionWork(new SubmissionWork.Spec(
                1, submission, PriorityClass.BULK, false, Long.MAX_VALUE, new UUID(1, 1), "hello", total, 0));

        List<List<Integer>> pages = new ArrayList<>();
        while (!work.fullyRead()) {
            List<LaneQueue.Row> rows = TestWaiting.await(lanes.waiting(List.of(new Pages(List.of(work), 10))))
                    .getOrDefault(submission, List.of());
            pages.add(rows.stream().map(LaneQueue.Row::ordinal).toList());
            work.cursor = LaneStore.end(work, rows, 10);
        }

        assertThat(pages).containsExactly(List.of(), List.of(), List.of(total - 1));
    }

    /** A node whose clock is wrong holds nobody back for longer, nor tries anybody sooner. */
    @Test
    void howMuchLongerSomebodyIsHeldBackIsToldByPostgres() {
        long submission = ids.next();
        database.execute("""
                INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient, not_before)
                VALUES (1, %1$d, 0, %2$d, '', NULL), (1, %1$d, 1, %2$d, '', %3$s), (1, %1$d, 2, %2$d, '', %4$s)
                """.formatted(submission, CHANNEL, AN_HOUR_AGO, IN_AN_HOUR));
        SubmissionWork work = new SubmissionWork(new SubmissionWork.Spec(
                1, submission, PriorityClass.BULK, false, Long.MAX_VALUE, new UUID(1, 1), "hello", 3, 0));
        List<Long> waits =
                TestWaiting.await(lanes.waiting(List.of(new Pages(List.of(work), 10)))).get(submission).stream()
                        .map(LaneQueue.Row::waitMillis)
                        .toList();

        assertThat(waits.subList(0, 2)).containsExactly(0L, 0L);
        assertThat(waits.get(2)).isBetween(3_000_000L, 3_600_000L);
    }

    private long submission(long channel, int priority, int state, String notBefore, String deliverBy) {
        long id = ids.next();
        insert("SELECT %d, %d, %d, %s, %s".formatted(id, priority, state, notBefore, deliverBy), channel);
        return id;
    }

    /** So many that were open and ended since the last vacuum: the queue's index has an entry of each. */
    private void finish(int submissions) {
        long first = ids.next();
        for (int i = 0; i < submissions; i++) {
            ids.next();
        }
        insert("SELECT %d + n, 2, 1, NULL, NULL FROM generate_series(1, %d) n".formatted(first, submissions), CHANNEL);
        database.execute("UPDATE submission SET state = 4");
    }

    private void forLater(int submissions) {
        long first = ids.next();
        for (int i = 0; i < submissions; i++) {
            ids.next();
        }
        insert(
                "SELECT %d + n, 1, 1, %s, NULL FROM generate_series(1, %d) n".formatted(first, IN_AN_HOUR, submissions),
                CHANNEL);
    }

    private void insert(String rows, long channel) {
        database.execute("""
                INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total, not_before, deliver_by)
                SELECT 1, id, %d, priority, state, '{}', gen_random_uuid(), 1, not_before::timestamptz, deliver_by::timestamptz
                FROM (%s) AS r (id, priority, state, not_before, deliver_by)
                """.formatted(channel, rows));
    }

    private List<Long> newSince(long id, Long... known) {
        return TestWaiting.await(lanes.newlyOpen(List.of(new NewLook(new Look(CHANNEL, List.of(known), 10), id))))
                .get(0)
                .stream()
                .map(SubmissionWork.Spec::id)
                .toList();
    }

    /** Pages that a look reads that begins behind all that ended. */
    private long pagesOfNew() {
        return pages(
                LaneStore.NEW_SUBMISSIONS,
                Tuple.of(new Long[] {CHANNEL}, new Integer[] {10}, new Long[] {ids.next()}, new Long[0]));
    }

    private long pagesOfAll() {
        return pages(LaneStore.OPEN_SUBMISSIONS, Tuple.of(new Long[] {CHANNEL}, new Integer[] {10}, new Long[0]));
    }

    private long pages(String question, Tuple parameters) {
        JsonObject plan = TestWaiting.await(keyed.preparedQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + question)
                .execute(parameters)
                .map(rows -> rows.iterator().next().getJsonArray(0).getJsonObject(0)));
        JsonObject top = plan.getJsonObject("Plan");
        return top.getLong("Shared Hit Blocks") + top.getLong("Shared Read Blocks");
    }
}
