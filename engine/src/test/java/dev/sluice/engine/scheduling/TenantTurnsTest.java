package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TenantTurnsTest {
    @Test
    void everybodyGoesWhileThereIsRoomAndNobodyBeyond() {
        TenantTurns turns = new TenantTurns(2);
        assertThat(turns.tryTake()).isTrue();
        assertThat(turns.tryTake()).isTrue();
        assertThat(turns.tryTake()).isFalse();
        turns.giveBack();
        assertThat(turns.tryTake()).isTrue();
    }

    @Test
    void whenItIsFullTenantsShareByWeight() {
        TenantTurns turns = new TenantTurns(1);
        turns.tryTake();
        List<Long> served = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            turns.await(1, 3, () -> served.add(1L));
            turns.await(2, 1, () -> served.add(2L));
        }
        for (int round = 1; round <= 100; round++) {
            for (int i = 0; i < 4; i++) {
                turns.giveBack();
            }
            assertThat(Collections.frequency(served, 1L)).isEqualTo(3 * round);
            assertThat(Collections.frequency(served, 2L)).isEqualTo(round);
        }
    }

    /** A lane waits for one place at a time, and for the next one in its turn. */
    @Test
    void aTenantWithASingleLaneHasItsWeightToo() {
        TenantTurns turns = new TenantTurns(1);
        turns.tryTake();
        List<Long> served = new ArrayList<>();
        waitAgain(turns, 1, 3, served);
        waitAgain(turns, 2, 1, served);
        for (int i = 0; i < 8; i++) {
            turns.giveBack();
        }
        assertThat(served).containsExactly(1L, 1L, 1L, 2L, 1L, 1L, 1L, 2L);
    }

    private static void waitAgain(TenantTurns turns, long tenantId, int weight, List<Long> served) {
        turns.await(tenantId, weight, () -> {
            served.add(tenantId);
            waitAgain(turns, tenantId, weight, served);
        });
    }

    @Test
    void aSingleCallDoesNotWaitBehindTenThousandOfAnother() {
        TenantTurns turns = new TenantTurns(1);
        turns.tryTake();
        List<Long> served = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            turns.await(1, 1, () -> served.add(1L));
        }
        turns.await(2, 1, () -> served.add(2L));
        turns.giveBack();
        turns.giveBack();
        assertThat(served).contains(2L);
    }

    @Test
    void nobodyOvertakesThoseWhoWait() {
        TenantTurns turns = new TenantTurns(1);
        turns.tryTake();
        List<Long> served = new ArrayList<>();
        turns.await(1, 1, () -> served.add(1L));
        turns.giveBack();
        assertThat(served).containsExactly(1L);
        assertThat(turns.tryTake()).isFalse();
    }

    @Test
    void neverMorePlacesThanThereAreAndEveryTurnComesOnce() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int world = 0; world < 200; world++) {
            int places = 1 + random.nextInt(5);
            TenantTurns turns = new TenantTurns(places);
            int[] running = {0};
            int asked = 0;
            ArrayDeque<Integer> served = new ArrayDeque<>();
            for (int step = 0; step < 300; step++) {
                if (random.nextInt(3) < 2) {
                    int number = asked++;
                    turns.await(random.nextInt(4), 1 + random.nextInt(3), () -> {
                        running[0]++;
                        served.add(number);
                    });
                } else if (running[0] > 0) {
                    running[0]--;
                    turns.giveBack();
                }
                assertThat(turns.taken()).isEqualTo(running[0]).isBetween(0, places);
                assertThat(running[0])
                        .as("nobody idles while somebody waits")
                        .isEqualTo(Math.min(places, running[0] + asked - served.size()));
            }
            while (running[0] > 0) {
                running[0]--;
                turns.giveBack();
            }
            assertThat(served).hasSize(asked).doesNotHaveDuplicates();
        }
    }

    @Test
    void manyWhoGiveTheirPlaceBackAtOnceDoNotStandOnEachOthersShoulders() {
        TenantTurns turns = new TenantTurns(1);
        turns.tryTake();
        AtomicInteger served = new AtomicInteger();
        for (int tenant = 0; tenant < 100_000; tenant++) {
            turns.await(tenant, 1, () -> {
                served.incrementAndGet();
                turns.giveBack();
            });
        }
        turns.giveBack();
        assertThat(served).hasValue(100_000);
        assertThat(turns.taken()).isZero();
    }
}
