package dev.sluice.engine.recovery;

import static dev.sluice.engine.channel.DoubtRule.HOLD_OR_RETRY;
import static dev.sluice.engine.channel.DoubtRule.RESEND_AND_QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.DoubtRule;
import dev.sluice.engine.model.OnDoubt;
import dev.sluice.engine.recovery.DoubtPolicy.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DoubtPolicyTest {
    private static final DoubtRule RESEND_WITH_KEY = new DoubtRule.ResendWithKey(Duration.ofMinutes(30));

    @ParameterizedTest
    @CsvSource({
        "2026-03-10T09:00:00, 2026-03-10T09:00:05, RESEND",
        "2026-03-10T00:00:00, 2026-03-10T23:49:59, RESEND",
        "2026-03-10T23:49:00, 2026-03-10T23:50:00, HOLD",
        "2026-03-10T23:59:59, 2026-03-10T23:59:59, HOLD",
        "2026-03-10T23:59:59, 2026-03-11T00:00:00, HOLD",
        "2026-03-10T09:00:00, 2026-03-11T09:00:00, HOLD",
        "2026-03-10T07:59:59, 2026-03-10T08:00:01, RESEND",
        "2026-02-28T12:00:00, 2026-03-01T12:00:00, HOLD",
    })
    void identicalContentIsResentOnlyOnTheSameDayInChinaAndNotNearItsEnd(String intentAt, String now, Step expected) {
        assertThat(DoubtPolicy.next(RESEND_AND_QUERY, OnDoubt.HOLD, china(intentAt), 0, 1, china(now)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, RESEND", "1, RESEND", "2, RESEND", "3, HOLD", "100, HOLD"})
    void afterThreeResendsAPersonLooks(int resends, Step expected) {
        Instant noon = china("2026-03-10T12:00:00");
        for (DoubtRule rule : new DoubtRule[] {RESEND_AND_QUERY, RESEND_WITH_KEY}) {
            assertThat(DoubtPolicy.next(rule, OnDoubt.RETRY, noon, resends, 1, noon))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"HOLD, 1, HOLD", "RETRY, 0, RETRY", "RETRY, 1, RETRY", "RETRY, 2, HOLD"})
    void wherePlatformsRecogniseNothingTheChannelDecidesAndOnceIsEnough(OnDoubt onDoubt, int attempts, Step expected) {
        Instant noon = china("2026-03-10T12:00:00");
        assertThat(DoubtPolicy.next(HOLD_OR_RETRY, onDoubt, noon, 0, attempts, noon))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(OnDoubt.class)
    void aKeyOutlivesMidnight(OnDoubt onDoubt) {
        assertThat(DoubtPolicy.next(
                        RESEND_WITH_KEY, onDoubt, china("2026-03-10T23:59:59"), 0, 1, china("2026-03-11T00:00:01")))
                .isEqualTo(Step.RESEND);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-10T12:00:00, 2026-03-10T12:29:59, RESEND",
        "2026-03-10T12:00:00, 2026-03-10T12:30:00, HOLD",
        "2026-03-10T12:00:00, 2026-03-10T15:00:00, HOLD",
        "2026-03-10T12:00:00, 2026-03-11T12:00:01, HOLD",
    })
    void aKeyThatThePlatformMayHaveForgottenIsNotReliedOn(String intentAt, String now, Step expected) {
        assertThat(DoubtPolicy.next(RESEND_WITH_KEY, OnDoubt.RETRY, china(intentAt), 0, 1, china(now)))
                .isEqualTo(expected);
    }

    private static Instant china(String local) {
        return OffsetDateTime.parse(local + "+08:00").toInstant();
    }
}
