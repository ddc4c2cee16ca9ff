package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneRoundsTest {
    @Test
    void aBusyLaneSaysEachRoundWhatHoldsIt() {
        assertThat(LongStream.range(0, 10)).allMatch(round -> LaneRounds.saysSomething(7, round, 499));
    }

    @ParameterizedTest
    @CsvSource({"500, 2", "1999, 4", "2000, 5", "10000, 5"})
    void withManyAppsALaneSaysItEveryFewRounds(int apps, int rounds) {
        for (long channelId = 0; channelId < 20; channelId++) {
            long id = channelId;
            assertThat(LongStream.range(0, 60).filter(round -> LaneRounds.saysSomething(id, round, apps)))
                    .hasSize(60 / rounds);
        }
    }
}
