package dev.sluice.engine.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.PriorityClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GateLineTest {
    private static final long NOW = 1_000;

    private final GateLine line = new GateLine(100_000);
    private final List<String> turns = new ArrayList<>();

    @Test
    void whoCameFirstAsksFirst() {
        for (int tenant = 1; tenant <= 4; tenant++) {
            join(tenant, PriorityClass.BULK, "tenant " + tenant);
        }
        grantAll();
        assertThat(turns).containsExactly("tenant 1", "tenant 2", "tenant 3", "tenant 4");
    }

    @Test
    void whatIsMoreUrgentGoesFirstWheneverItCame() {
        join(1, PriorityClass.BULK, "bulk");
        join(2, PriorityClass.TRANSACTIONAL, "transactional");
        join(3, PriorityClass.CRITICAL, "critical");
        join(4, PriorityClass.TRANSACTIONAL, "another transactional");
        grantAll();
        assertThat(turns).containsExactly("critical", "transactional", "another transactional", "bulk");
    }

    @Test
    void aTenantWithManyLanesTakesTurnsWithOneThatHasASingleLane() {
        for (int lane = 1; lane <= 1_000; lane++) {
            join(1, PriorityClass.BULK, "many " + lane);
        }
        join(2, PriorityClass.BULK, "single");
        join(3, PriorityClass.BULK, "single too");
        grantAll();
        assertThat(turns.subList(0, 5)).containsExactly("many 1", "single", "single too", "many 2", "many 3");
        assertThat(turns).hasSize(1_002);
    }

    @Test
    void whoeverComesAgainStandsBehindThoseWhoWait() {
        join(1, PriorityClass.BULK, "first");
        join(2, PriorityClass.BULK, "second");
        line.granted(next().orElseThrow());
        join(1, PriorityClass.BULK, "first again");
        grantAll();
        assertThat(turns).containsExactly("first", "second", "first again");
    }

    @Test
    void nobodyOvertakesSomebodyAsUrgentButWhatIsMoreUrgentNeedNotStandBehind() {
        assertThat(line.holdsBack(PriorityClass.BULK)).isFalse();
        join(1, PriorityClass.TRANSACTIONAL, "waits");
        assertThat(line.holdsBack(PriorityClass.BULK)).isTrue();
        assertThat(line.holdsBack(PriorityClass.TRANSACTIONAL)).isTrue();
        assertThat(line.holdsBack(PriorityClass.CRITICAL)).isFalse();
    }

    @Test
    void afterARefusalOneAsksAndTwiceAsManyWithEachRoundThatIsGranted() {
        for (int tenant = 1; tenant <= 1_000; tenant++) {
            join(tenant, PriorityClass.BULK, "tenant " + tenant);
        }
        line.closed(NOW);
        for (int expected : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 128}) {
            List<GateLine.Place> asking = askAll();
            assertThat(asking).hasSize(expected);
            asking.forEach(line::granted);
        }
        List<GateLine.Place> asking = askAll();
        line.refused(asking.get(0), NOW);
        asking.subList(1, asking.size()).forEach(place -> line.refused(place, NOW));
        assertThat(askAll()).hasSize(1);
    }

    @Test
    void nobodyAsksBeforeTheGateOpens() {
        join(1, PriorityClass.BULK, "tenant");
        line.closed(NOW + 5);
        assertThat(line.next(NOW + 4)).isEmpty();
        assertThat(line.nextMillis()).isEqualTo(NOW + 5);
        assertThat(line.next(NOW + 5)).isPresent();
        assertThat(line.nextMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whoeverIsRefusedKeepsItsPlace() {
        for (int tenant = 1; tenant <= 8; tenant++) {
            join(tenant, PriorityClass.BULK, "tenant " + tenant);
        }
        join(2, PriorityClass.BULK, "tenant 2 once more");
        line.granted(next().orElseThrow());
        line.granted(next().orElseThrow());
        turns.clear();
        askAll().forEach(place -> line.refused(place, NOW));
        turns.clear();
        grantAll();
        assertThat(turns)
                .containsExactly(
                        "tenant 3", "tenant 4", "tenant 5", "tenant 6", "tenant 7", "tenant 8", "tenant 2 once more");
    }

    @Test
    void whoeverLeavesHoldsNobodyUp() {
        GateLine.Place waits = join(1, PriorityClass.BULK, "leaves while it waits");
        join(2, PriorityClass.BULK, "leaves at its turn");
        join(3, PriorityClass.BULK, "stays");
        line.leave(waits);
        GateLine.Place asks = next().orElseThrow();
        assertThat(next()).isEmpty();
        line.leave(asks);
        grantAll();
        assertThat(turns).containsExactly("leaves at its turn", "stays");
        assertThat(line.idle()).isTrue();
    }

    @Test
    void whatIsSaidOfAPlaceAfterItsEndChangesNothing() {
        GateLine.Place place = join(1, PriorityClass.BULK, "tenant");
        line.granted(next().orElseThrow());
        line.leave(place);
        line.refused(place, NOW + 1_000);
        line.granted(place);
        assertThat(line.idle()).isTrue();
        join(2, PriorityClass.BULK, "next");
        assertThat(next()).isPresent();
    }

    @Test
    void aFullLineTakesNobody() {
        GateLine small = new GateLine(1);
        Optional<GateLine.Place> first = small.join(1, PriorityClass.BULK, () -> {});
        assertThat(first).isPresent();
        assertThat(small.join(2, PriorityClass.CRITICAL, () -> {})).isEmpty();
        small.leave(first.orElseThrow());
        assertThat(small.join(2, PriorityClass.CRITICAL, () -> {})).isPresent();
    }

    /** Whatever happens to it, everybody in it comes to an end, and those of one tenant and class do so in the order in which they came unless they leave. */
    @Test
    void nobodyIsLostOrServedTwice() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int world = 0; world < 200; world++) {
            GateLine tried = new GateLine(50);
            List<GateLine.Place> waiting = new ArrayList<>();
            List<GateLine.Place> asking = new ArrayList<>();
            Map<String, List<Integer>> granted = new HashMap<>();
            Map<GateLine.Place, String> parties = new HashMap<>();
            Map<GateLine.Place, Integer> numbers = new HashMap<>();
            long now = 0;
            for (int step = 0; step < 600; step++) {
                now += random.nextInt(3);
                switch (random.nextInt(step < 400 ? 5 : 4)) {
                    case 0 ->
                        tried.next(now).ifPresent(place -> {
                            assertThat(waiting.remove(place)).isTrue();
                            asking.add(place);
                        });
                    case 1 -> {
                        if (!asking.isEmpty()) {
                            GateLine.Place place = asking.remove(random.nextInt(asking.size()));
                            tried.granted(place);
                            granted.computeIfAbsent(parties.get(place), party -> new ArrayList<>())
                                    .add(numbers.get(place));
                        }
                    }
                    case 2 -> {
                        if (!asking.isEmpty()) {
                            GateLine.Place place = asking.remove(random.nextInt(asking.size()));
                            tried.refused(place, now + random.nextInt(4));
                            waiting.add(place);
                        }
                    }
                    case 3 -> {
                        List<GateLine.Place> from = random.nextBoolean() ? asking : waiting;
                        if (!from.isEmpty() && random.nextInt(4) == 0) {
                            tried.leave(from.remove(random.nextInt(from.size())));
                        }
                    }
                    default -> {
                        long tenant = random.nextInt(4);
                        PriorityClass priority = PriorityClass.ofCode(random.nextInt(3));
                        int number = step;
                        Optional<GateLine.Place> joined = tried.join(tenant, priority, () -> {});
                        assertThat(joined.isPresent()).isEqualTo(waiting.size() < 50);
                        joined.ifPresent(place -> {
                            waiting.add(place);
                            parties.put(place, tenant + " " + priority);
                            numbers.put(place, number);
                        });
                    }
                }
                assertThat(tried.waiting()).isEqualTo(waiting.size());
            }
            asking.forEach(tried::granted);
            now += 10;
            Optional<GateLine.Place> next = tried.next(now);
            Map<String, Integer> last = new HashMap<>();
            while (next.isPresent()) {
                GateLine.Place place = next.get();
                assertThat(waiting.remove(place)).isTrue();
                Integer before = last.put(parties.get(place), numbers.get(place));
                assertThat(before == null || before < numbers.get(place)).isTrue();
                tried.granted(place);
                next = tried.next(now);
            }
            assertThat(waiting).isEmpty();
            assertThat(tried.idle()).isTrue();
        }
    }

    private GateLine.Place join(long tenant, PriorityClass priority, String name) {
        return line.join(tenant, priority, () -> turns.add(name)).orElseThrow();
    }

    private Optional<GateLine.Place> next() {
        Optional<GateLine.Place> next = line.next(NOW);
        next.ifPresent(place -> place.turn().run());
        return next;
    }

    private List<GateLine.Place> askAll() {
        List<GateLine.Place> asking = new ArrayList<>();
        for (Optional<GateLine.Place> place = next(); place.isPresent(); place = next()) {
            asking.add(place.get());
        }
        return asking;
    }

    private void grantAll() {
        for (List<GateLine.Place> asking = askAll(); !asking.isEmpty(); asking = askAll()) {
            asking.forEach(line::granted);
        }
    }
}
