package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.engine.model.ReceiptPolicy;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptChoiceTest {
    private static final int CALLS = 100_000;

    @Test
    void allCallsOrNoneAreAskedAboutHoweverLargeTheSample() {
        assertThat(asked(ReceiptPolicy.ALL, 0)).isEqualTo(CALLS);
        assertThat(asked(ReceiptPolicy.NONE, 100)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 50, 99})
    void aSampleIsAboutThePartThatTheChannelWants(int percent) {
        assertThat(asked(ReceiptPolicy.SAMPLE, percent) * 100.0 / CALLS).isCloseTo(percent, within(1.0));
    }

    @Test
    void theEndsOfASampleAreNobodyAndEverybody() {
        assertThat(asked(ReceiptPolicy.SAMPLE, 0)).isZero();
        assertThat(asked(ReceiptPolicy.SAMPLE, 100)).isEqualTo(CALLS);
    }

    /** Of calls whose ids follow each other, as those of one node do. */
    private static long asked(ReceiptPolicy policy, int percent) {
        return LongStream.range(0, CALLS)
                .filter(callId -> ReceiptChoice.wanted(policy, percent, callId))
                .count();
    }
}
