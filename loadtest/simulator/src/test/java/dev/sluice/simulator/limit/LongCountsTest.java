package dev.sluice.simulator.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LongCountsTest {
    @Test
    void itAgreesWithAMap() {
        LongCounts counts = new LongCounts();
        Map<Long, Integer> map = new HashMap<>();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 50_000; i++) {
            long key = LongCounts.key(random.nextInt(20), random.nextInt(1000));
            assertThat(counts.increment(key)).isEqualTo(map.merge(key, 1, Integer::sum));
        }
        assertThat(counts.size()).isEqualTo(map.size());
        map.forEach((key, count) -> assertThat(counts.get(key)).isEqualTo(count));
        counts.clear();
        assertThat(counts.get(map.keySet().iterator().next())).isZero();
    }
}
