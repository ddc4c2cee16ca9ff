package dev.sluice.simulator.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
    @Test
    void anEventLeavesExactlyOneWidthAfterItCame() {
        SlidingWindow window = new SlidingWindow(1000);
        assertThat(window.tryAdd(5, 1)).isTrue();
        assertThat(window.tryAdd(1004, 1)).isFalse();
        assertThat(window.tryAdd(1005, 1)).isTrue();
    }

    @Test
    void itAgreesWithANaiveLogWhileItGrowsAndWraps() {
        SlidingWindow window = new SlidingWindow(1000);
        Deque<long[]> naive = new ArrayDeque<>();
        SplittableRandom random = new SplittableRandom(11);
        long now = 0;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(i % 2000 < 1000 ? 3 : 40);
            int weight = random.nextInt(1, 100);
            window.add(now, weight);
            naive.add(new long[] {now, weight});
            while (naive.peek()[0] <= now - 1000) {
                naive.remove();
            }
            assertThat(window.used(now))
                    .isEqualTo(naive.stream().mapToLong(event -> event[1]).sum());
        }
    }
}
