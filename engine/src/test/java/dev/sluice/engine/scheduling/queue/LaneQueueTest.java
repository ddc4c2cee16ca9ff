package dev.sluice.engine.scheduling.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.PriorityClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue against a database of three submissions in memory, driven at random. */
class LaneQueueTest {
    private static final int PAGE = 20;
    private static final UUID CONTENT = new UUID(1, 1);
    private static final UUID OTHER_CONTENT = new UUID(1, 2);

    /** Ordinals that still wait, as rows would say, by submission. */
    private final Map<Long, Set<Integer>> waiting = new HashMap<>();

    private final Set<String> flying = new HashSet<>();
    private final LaneQueue queue = new LaneQueue(PAGE);
    private long nowMillis;
    /** Of all rows. */
    private long notBeforeMillis;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nobodyIsLostOrTakenTwiceAndProgressNeverPassesWhoStillWaits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Pending> inFlight = new ArrayList<>();
        for (long id = 1; id <= 3; id++) {
            fill(id, 100);
        }
        for (int step = 0; step < 20_000 && waiting.values().stream().anyMatch(rows -> !rows.isEmpty()); step++) {
            nowMillis += random.nextInt(50);
            waiting.forEach((id, rows) -> {
                if (!rows.isEmpty()) {
                    queue.offer(spec(id));
                }
            });
            queue.wake(nowMillis);
            queue.startLoading().forEach(this::load);
            if (random.nextInt(20) == 0 && !queue.works().isEmpty()) {
                queue.drop(List.copyOf(queue.works()).get(0));
            }
            if (queue.front(2, 10) instanceof LaneQueue.Front.Batch batch) {
                for (Pending taken : queue.take(CONTENT, batch.people(), 2)) {
                    assertThat(flying.add(name(taken)))
                            .as("taken once at a time: %s", name(taken))
                            .isTrue();
                    assertThat(waiting.get(taken.work().id())).contains(taken.ordinal());
                    inFlight.add(taken);
                }
            }
            while (inFlight.size() > 30 || (!inFlight.isEmpty() && random.nextInt(3) > 0)) {
                end(inFlight.remove(random.nextInt(inFlight.size())), random.nextInt(10));
            }
            queue.works().forEach(this::progressIsTrue);
            countsAreTrue(inFlight);
        }
        assertThat(waiting)
                .as("seed %d: everybody was served", seed)
                .allSatisfy((id, rows) -> assertThat(rows).isEmpty());
        readOn();
        assertThat(queue.works()).as("the window forgets what is over").isEmpty();
        assertThat(queue.nextDueMillis()).isEqualTo(Long.MAX_VALUE);
    }

    /** In a lane that never empties, whoever came back would else wait behind all that ever comes. */
    @ParameterizedTest(name = "deferred {0}")
    @ValueSource(booleans = {false, true})
    void whoComesBackGoesBeforeWhatCameLater(boolean deferred) {
        for (long id = 1; id <= 3; id++) {
            fill(id, 1);
            queue.offer(spec(id));
        }
        queue.startLoading().forEach(this::load);
        Pending first = queue.take(CONTENT, 1, 2).get(0);
        if (deferred) {
            queue.defer(first, nowMillis);
            queue.wake(nowMillis);
        } else {
            queue.putBack(first);
        }
        assertThat(ids(queue.take(CONTENT, 3, 2))).containsExactly(1L, 2L, 3L);
    }

    /** Who is to be tried again in half a second would else wait for the ten minutes by which the clock was wrong. */
    @Test
    void nobodyIsHeldBackLongerBecauseTheClockIsSetBack() {
        nowMillis = 1_000_000;
        queue.wake(nowMillis);
        queue.offer(spec(1));
        queue.startLoading().forEach(work -> queue.loaded(work, List.of(row(0, 0), row(1, 700)), 0, 100, nowMillis));
        queue.take(CONTENT, 1, 2).forEach(taken -> queue.defer(taken, nowMillis + 500));

        long setBack = nowMillis - 600_000;
        queue.wake(setBack);
        assertThat(queue.readyCount()).isZero();
        assertThat(queue.nextDueMillis()).isEqualTo(setBack + 500);
        queue.wake(setBack + 500);
        assertThat(queue.readyCount()).isOne();
        queue.wake(setBack + 700);
        assertThat(queue.readyCount()).isEqualTo(2);
    }

    @Test
    void whoIsDeferredGoesWhenItIsTimeAndNotBefore() {
        fill(1, 1);
        queue.offer(spec(1));
        queue.startLoading().forEach(this::load);
        queue.defer(queue.take(CONTENT, 1, 2).get(0), 500);
        assertThat(queue.nextDueMillis()).isEqualTo(500);

        queue.wake(499);
        assertThat(queue.take(CONTENT, 1, 2)).isEmpty();
        queue.wake(500);
        assertThat(queue.take(CONTENT, 1, 2)).hasSize(1);
        queue.wake(501);
        assertThat(queue.nextDueMillis()).isEqualTo(Long.MAX_VALUE);
    }

    /** So many of one submission are kept in memory; whoever else must wait is read again when the time of the first of them has come. */
    @Test
    void nobodyOfAThrongThatMustWaitIsForgotten() {
        int people = 2_500;
        Set<Integer> rows = fill(1, people);
        queue.offer(spec(1, PriorityClass.BULK, Long.MAX_VALUE, people));
        notBeforeMillis = 60_000;
        while (!queue.work(1).fullyRead()) {
            queue.startLoading().forEach(this::load);
        }
        assertThat(queue.readyCount()).as("nobody may go yet").isZero();
        assertThat(queue.nextDueMillis()).isEqualTo(60_000);

        Set<Integer> gone = new HashSet<>();
        nowMillis = 60_000;
        while (!rows.isEmpty()) {
            queue.wake(nowMillis);
            queue.startLoading().forEach(this::load);
            List<Pending> batch = queue.take(CONTENT, 100, 2);
            assertThat(batch).as("after %d of them somebody goes", gone.size()).isNotEmpty();
            for (Pending one : batch) {
                assertThat(gone.add(one.ordinal()))
                        .as("once: %d", one.ordinal())
                        .isTrue();
                rows.remove(one.ordinal());
                queue.settled(one);
            }
        }
        assertThat(gone).hasSize(people);
    }

    @Test
    void progressIsTheEndOfTheLastPageOfWhichAndOfAllBeforeItEverybodyIsSettled() {
        fill(1, 2 * PAGE);
        queue.offer(spec(1));
        SubmissionWork work = queue.work(1);
        queue.startLoading().forEach(this::load);
        List<Pending> first = queue.take(CONTENT, PAGE, 2);
        queue.startLoading().forEach(this::load);
        List<Pending> second = queue.take(CONTENT, PAGE, 2);

        second.forEach(queue::settled);
        first.subList(1, PAGE).forEach(queue::settled);
        assertThat(work.settledBelow()).isZero();
        queue.settled(first.get(0));
        assertThat(work.settledBelow()).isEqualTo(2 * PAGE);
    }

    /** Such as the people of a doubtful call when a node takes their app over. */
    @Test
    void whoTravelledWhileTheirPageWasReadAreLookedForAgain() {
        fill(1, 3);
        flying.add("1/1");
        queue.offer(spec(1));
        queue.startLoading().forEach(this::load);
        queue.take(CONTENT, 3, 2).forEach(one -> end(one, 9));
        assertThat(queue.nextDueMillis()).isEqualTo(500);

        flying.clear();
        queue.wake(499);
        assertThat(queue.startLoading()).isEmpty();
        queue.wake(500);
        queue.startLoading().forEach(this::load);
        SubmissionWork work = queue.work(1);
        queue.take(CONTENT, 3, 2).forEach(one -> end(one, 9));
        assertThat(waiting.get(1L)).isEmpty();
        assertThat(work.settledBelow()).isEqualTo(work.spec().total());
        assertThat(queue.works()).isEmpty();
    }

    @ParameterizedTest(name = "deferred {0}")
    @ValueSource(booleans = {false, true})
    void whoComesBackToASubmissionThatCameBackWithoutThemIsReadAtOnce(boolean deferred) {
        fill(1, 1);
        queue.offer(spec(1));
        queue.startLoading().forEach(this::load);
        Pending away = queue.take(CONTENT, 1, 2).get(0);
        flying.add(name(away));
        queue.drop(queue.work(1));
        queue.offer(spec(1));
        queue.startLoading().forEach(this::load);

        flying.clear();
        if (deferred) {
            queue.defer(away, nowMillis);
        } else {
            queue.putBack(away);
        }
        queue.wake(nowMillis);
        queue.startLoading().forEach(this::load);
        assertThat(queue.take(CONTENT, 1, 2)).hasSize(1);
    }

    @Test
    void nothingGoesWhereNobodyWaits() {
        assertThat(queue.front(2, 100)).isEqualTo(new LaneQueue.Front.Nothing());
        assertThat(queue.take(CONTENT, 100, 2)).isEmpty();
    }

    @Test
    void aBatchIsNoLargerThanTheSuspectInItMayTravelWith() {
        for (long id = 1; id <= 3; id++) {
            fill(id, 3);
            queue.offer(spec(id));
        }
        queue.startLoading().forEach(this::load);
        List<Pending> all = queue.take(CONTENT, 9, 2);
        assertThat(all).hasSize(9);
        all.forEach(one -> one.travelWith(one.work().id() == 2 ? 4 : 100));
        all.reversed().forEach(queue::putBack);

        assertThat(ids(queue.take(CONTENT, 9, 2))).containsExactly(1L, 1L, 1L, 2L);
        assertThat(ids(queue.take(CONTENT, 9, 2))).containsExactly(3L, 3L, 3L, 2L);
        assertThat(ids(queue.take(CONTENT, 9, 2))).containsExactly(2L);
    }

    @Test
    void aSuspectComesIntoNoCallThatIsLargerThanItMayTravelIn() {
        fill(1, 3);
        queue.offer(spec(1));
        queue.startLoading().forEach(this::load);
        List<Pending> all = queue.take(CONTENT, 3, 2);
        all.get(1).travelWith(4);
        all.reversed().forEach(queue::putBack);

        assertThat(queue.takeBeside(5, CONTENT, 3, 2)).containsExactly(all.get(0));
        assertThat(queue.takeBeside(5, CONTENT, 3, 2)).isEmpty();
        assertThat(queue.takeBeside(3, CONTENT, 3, 2)).containsExactly(all.get(1));
        assertThat(queue.takeBeside(5, CONTENT, 3, 2)).containsExactly(all.get(2));
    }

    @Test
    void aLeaderWhosePageIsBeingReadIsWaitedForUnlessTheBatchIsFull() {
        fill(1, PAGE + 5);
        queue.offer(spec(1));
        queue.startLoading().forEach(this::load);
        SubmissionWork work = queue.work(1);

        assertThat(queue.front(2, PAGE)).isEqualTo(new LaneQueue.Front.Batch(work, PAGE));
        assertThat(queue.front(2, PAGE + 1)).isEqualTo(new LaneQueue.Front.AwaitPage(work));
        assertThat(queue.startLoading()).as("enough of it is in memory").isEmpty();

        queue.take(CONTENT, PAGE / 2, 2);
        assertThat(queue.startLoading()).containsExactly(work);
        assertThat(queue.startLoading()).as("it is being read").isEmpty();
        load(work);
        assertThat(queue.front(2, PAGE)).isEqualTo(new LaneQueue.Front.Batch(work, PAGE / 2 + 5));
    }

    @Test
    void aPageThatCouldNotBeReadIsAskedForAgain() {
        fill(1, 1);
        queue.offer(spec(1));
        SubmissionWork work = queue.startLoading().get(0);

        queue.loadFailed(work);
        assertThat(queue.startLoading()).containsExactly(work);
    }

    @Test
    void whatIsLateIsWhatHasADeadlineThatHasCome() {
        queue.offer(spec(1, PriorityClass.BULK, 1_000));
        queue.offer(spec(2, PriorityClass.BULK, 1_001));
        queue.offer(spec(3, PriorityClass.BULK, Long.MAX_VALUE));

        assertThat(queue.late(999)).isEmpty();
        assertThat(queue.late(1_000)).extracting(SubmissionWork::id).containsExactly(1L);
    }

    @Test
    void aFullWindowMakesRoomForWhatIsMoreUrgentAndForNothingElse() {
        for (long id = 1; id <= LaneQueue.MOST_SUBMISSIONS; id++) {
            assertThat(queue.offer(spec(id, PriorityClass.BULK, 1_000 + id))).isTrue();
        }
        assertThat(queue.offer(spec(2_001, PriorityClass.BULK, 9_000)))
                .as("later than all")
                .isFalse();
        assertThat(queue.offer(spec(2_002, PriorityClass.BULK, 500))).isTrue();
        assertThat(queue.offer(spec(2_003, PriorityClass.CRITICAL, Long.MAX_VALUE)))
                .isTrue();
        assertThat(queue.works())
                .hasSize(LaneQueue.MOST_SUBMISSIONS)
                .extracting(SubmissionWork::id)
                .contains(1L, 998L, 2_002L, 2_003L)
                .doesNotContain(999L, 1_000L, 2_001L);
    }

    /** A thousand campaigns on one channel would else be read with a million people, in one answer that holds up all lanes. */
    @Test
    void aQuestionIsForTwentyWholePagesAndTheNextForThoseBehind() {
        for (long id = 1; id <= 50; id++) {
            queue.offer(spec(id));
        }

        List<SubmissionWork> first = queue.startLoading();
        assertThat(first).hasSize(20);
        first.forEach(this::loadNobody);
        assertThat(queue.startLoading()).hasSize(20).doesNotContainAnyElementsOf(first);
        assertThat(queue.startLoading()).hasSize(10);
        assertThat(queue.startLoading()).isEmpty();
    }

    /** Eight lanes of a tenant who sends a thousand messages to a thousand people through each would fill the memory of a node. */
    @Test
    void aWindowFullOfLargeSubmissionsHasASmallPartOfEach() {
        LaneQueue full = new LaneQueue(1_000);
        for (long id = 1; id <= LaneQueue.MOST_SUBMISSIONS; id++) {
            full.offer(spec(id, PriorityClass.BULK, Long.MAX_VALUE, 1_000));
        }

        List<SubmissionWork> wanting = full.startLoading();
        while (!wanting.isEmpty()) {
            wanting.forEach(work -> {
                int end = work.cursor + full.pageRows();
                full.loaded(
                        work,
                        IntStream.range(work.cursor, end)
                                .mapToObj(ordinal -> row(ordinal, 0))
                                .toList(),
                        0,
                        end,
                        nowMillis);
            });
            wanting = full.startLoading();
        }

        assertThat(full.readyCount()).isBetween(100_000, 300_000);
        assertThat(full.works()).allMatch(SubmissionWork::hasReady);
    }

    @Test
    void aQuestionIsForManyMessagesToSingles() {
        for (long id = 1; id <= 300; id++) {
            queue.offer(spec(id, PriorityClass.BULK, Long.MAX_VALUE, 1));
        }

        assertThat(queue.startLoading()).hasSize(300);
    }

    @Test
    void aCallCarriesTheFrontButNoPartOfALargerBatchOfAnotherContent() {
        LaneQueue.Front.Batch asked = batch(CONTENT, PriorityClass.BULK, 10);
        LaneQueue.Front.Batch small = batch(OTHER_CONTENT, PriorityClass.BULK, 10);
        LaneQueue.Front.Batch large = batch(OTHER_CONTENT, PriorityClass.BULK, 11);
        LaneQueue.Front.Batch grown = batch(CONTENT, PriorityClass.BULK, 11);

        assertThat(asked.carrying(small)).contains(small);
        assertThat(asked.carrying(large)).contains(asked);
        assertThat(asked.carrying(grown)).contains(new LaneQueue.Front.Batch(grown.leader(), 10));
    }

    @Test
    void aCallCarriesWhatIsMoreUrgentOrNobodyAndNobodyWhoIsLessUrgent() {
        LaneQueue.Front.Batch asked = batch(CONTENT, PriorityClass.TRANSACTIONAL, 10);
        LaneQueue.Front.Batch urgent = batch(OTHER_CONTENT, PriorityClass.CRITICAL, 10);
        LaneQueue.Front.Batch urgentAndLarge = batch(OTHER_CONTENT, PriorityClass.CRITICAL, 11);
        LaneQueue.Front.Batch bulk = batch(OTHER_CONTENT, PriorityClass.BULK, 1);

        assertThat(asked.carrying(urgent)).contains(urgent);
        assertThat(asked.carrying(urgentAndLarge)).isEmpty();
        assertThat(asked.carrying(bulk)).isEmpty();
    }

    @Test
    void aCallWaitsForThePageOfItsOwnContentOnly() {
        LaneQueue.Front.Batch asked = batch(CONTENT, PriorityClass.BULK, 10);
        LaneQueue.Front.Batch other = batch(OTHER_CONTENT, PriorityClass.BULK, 10);

        assertThat(asked.besides(new LaneQueue.Front.AwaitPage(asked.leader()))).isEmpty();
        assertThat(asked.besides(new LaneQueue.Front.AwaitPage(other.leader()))).contains(asked);
    }

    private static LaneQueue.Front.Batch batch(UUID content, PriorityClass priority, int people) {
        SubmissionWork.Spec spec =
                new SubmissionWork.Spec(1, 1, priority, false, Long.MAX_VALUE, content, "{}", 100, 0);
        return new LaneQueue.Front.Batch(new SubmissionWork(spec), people);
    }

    private void end(Pending pending, int how) {
        flying.remove(name(pending));
        if (how == 0) {
            queue.putBack(pending);
        } else if (how == 1) {
            queue.defer(pending, nowMillis + 100);
        } else {
            waiting.get(pending.work().id()).remove(pending.ordinal());
            queue.settled(pending);
        }
    }

    private void load(SubmissionWork work) {
        List<Integer> page = waiting.get(work.id()).stream()
                .filter(ordinal -> ordinal >= work.cursor)
                .sorted()
                .limit(PAGE)
                .toList();
        List<LaneQueue.Row> rows = page.stream()
                .filter(ordinal -> !flying.contains(work.id() + "/" + ordinal))
                .map(ordinal -> row(ordinal, Math.max(0, notBeforeMillis - nowMillis)))
                .toList();
        int end = page.size() < PAGE ? work.spec().total() : page.get(page.size() - 1) + 1;
        queue.loaded(work, rows, page.size() - rows.size(), end, nowMillis);
        queue.forgetDone(List.of(work));
    }

    private void loadNobody(SubmissionWork work) {
        queue.loaded(work, List.of(), 0, work.spec().total(), nowMillis);
    }

    /** Whatever of it is only in the database is read once more. */
    private void readOn() {
        for (int round = 0; round < 10 && !queue.works().isEmpty(); round++) {
            nowMillis += 1_000;
            queue.wake(nowMillis);
            queue.startLoading().forEach(this::load);
        }
    }

    private void countsAreTrue(List<Pending> inFlight) {
        assertThat(queue.readyCount())
                .isEqualTo(queue.works().stream()
                        .mapToInt(work -> work.ready.size())
                        .sum());
        assertThat(queue.works())
                .allSatisfy(work -> assertThat(work.inFlight)
                        .isEqualTo(inFlight.stream()
                                .filter(one -> one.work() == work)
                                .count()));
    }

    private static LaneQueue.Row row(int ordinal, long waitMillis) {
        return new LaneQueue.Row(ordinal, "p" + ordinal, 0, waitMillis);
    }

    private void progressIsTrue(SubmissionWork work) {
        assertThat(waiting.get(work.id())).allMatch(ordinal -> ordinal >= work.settledBelow());
    }

    private Set<Integer> fill(long submission, int people) {
        Set<Integer> rows = new HashSet<>();
        for (int ordinal = 0; ordinal < people; ordinal++) {
            rows.add(ordinal);
        }
        waiting.put(submission, rows);
        return rows;
    }

    private static List<Long> ids(List<Pending> batch) {
        return batch.stream().map(one -> one.work().id()).toList();
    }

    private static String name(Pending pending) {
        return pending.work().id() + "/" + pending.ordinal();
    }

    private static SubmissionWork.Spec spec(long id) {
        return spec(id, PriorityClass.BULK, Long.MAX_VALUE);
    }

    private static SubmissionWork.Spec spec(long id, PriorityClass priority, long deliverByMillis) {
        return spec(id, priority, deliverByMillis, 100);
    }

    private static SubmissionWork.Spec spec(long id, PriorityClass priority, long deliverByMillis, int total) {
        return new SubmissionWork.Spec(1, id, priority, false, deliverByMillis, CONTENT, "{}", total, 0);
    }
}
