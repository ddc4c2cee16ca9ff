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

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nobodyIsLostOrTakenTwiceAndProgressNeverPassesWhoStillWaits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Pending> inFlight = new ArrayList<>();
        for (long id = 1; id <= 3; id++) {
            waiting.put(id, new HashSet<>());
            for (int ordinal = 0; ordinal < 100; ordinal++) {
                waiting.get(id).add(ordinal);
            }
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
        }
        assertThat(waiting)
                .as("seed %d: everybody was served", seed)
                .allSatisfy((id, rows) -> assertThat(rows).isEmpty());
    }

    /** In a lane that never empties, whoever came back would else wait behind all that ever comes. */
    @ParameterizedTest(name = "deferred {0}")
    @ValueSource(booleans = {false, true})
    void whoComesBackGoesBeforeWhatCameLater(boolean deferred) {
        for (long id = 1; id <= 3; id++) {
            waiting.put(id, new HashSet<>(Set.of(0)));
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
        assertThat(queue.take(CONTENT, 3, 2).stream().map(one -> one.work().id()))
                .containsExactly(1L, 2L, 3L);
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
        return new LaneQueue.Front.Batch(new SubmissionWork(spec, 0), people);
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
                .map(ordinal -> new LaneQueue.Row(ordinal, "p" + ordinal, 0, 0))
                .toList();
        int end = page.size() < PAGE ? work.spec().total() : page.get(page.size() - 1) + 1;
        queue.loaded(work, rows, page.size() - rows.size(), end, nowMillis);
        queue.forgetDone(List.of(work));
    }

    private void progressIsTrue(SubmissionWork work) {
        assertThat(waiting.get(work.id())).allMatch(ordinal -> ordinal >= work.settledBelow());
    }

    private static String name(Pending pending) {
        return pending.work().id() + "/" + pending.ordinal();
    }

    private static SubmissionWork.Spec spec(long id) {
        return spec(id, PriorityClass.BULK, Long.MAX_VALUE);
    }

    private static SubmissionWork.Spec spec(long id, PriorityClass priority, long deliverByMillis) {
        return new SubmissionWork.Spec(1, id, priority, false, deliverByMillis, CONTENT, "{}", 100, 0);
    }
}
