package dev.sluice.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PeakTest {
    private static final long SECOND_MICROS = 1_000_000;
    private static final long WIDTH_MICROS = 20 * SECOND_MICROS;
    private static final long PART_MICROS = WIDTH_MICROS / 200;

    private final Peak peak = new Peak(WIDTH_MICROS);

    @Test
    void aBurstCountsInFullWhereverItBegins() {
        for (long second = 10; second < 30; second++) {
            peak.add(second * SECOND_MICROS, 900);
        }
        assertThat(peak.most()).isEqualTo(18_000);
    }

    @Test
    void whatIsFurtherApartIsNeverTogether() {
        peak.add(SECOND_MICROS, 5);
        peak.add(21 * SECOND_MICROS, 7);
        peak.add(100_000 * SECOND_MICROS, 6);
        assertThat(peak.most()).isEqualTo(7);
    }

    @Test
    void isTheMostOfAllStretches() {
        SplittableRandom random = new SplittableRandom(20261123);
        List<Long> parts = new ArrayList<>();
        long part = 0;
        for (int i = 0; i < 2_000; i++) {
            part += random.nextInt(random.nextInt(50) == 0 ? 1_000 : 12);
            parts.add(part);
            peak.add(part * PART_MICROS + random.nextLong(PART_MICROS), 1);
        }
        long most = parts.stream()
                .mapToLong(from -> parts.stream()
                        .filter(one -> one >= from && one < from + 200)
                        .count())
                .max()
                .orElseThrow();
        assertThat(peak.most()).isEqualTo(most).isLessThan(2_000);
    }
}
