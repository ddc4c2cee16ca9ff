package dev.sluice.loadtest.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.verdict.Finding.Outcome;
import dev.sluice.loadtest.verdict.OrganisationReading.Calls;
import dev.sluice.loadtest.verdict.OrganisationReading.PeopleMinute;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each line of the verdict says, and where exactly a promise begins to be broken. */
class VerdictFiguresTest {
    @Test
    void eachLineSaysWhatWasFoundAndWhatItMustBe() {
        assertThat(Verdict.of(Runs.good()).findings())
                .extracting(finding ->
                        finding.figure().english() + " | " + finding.bound().english())
                .containsExactly(
                        "10 | equal",
                        "0 | 0",
                        "0 | 0",
                        "8 | equal",
                        "0 | 0",
                        "100/100 | fill ≥ 0.99 + 1 a minute",
                        "200 | equal",
                        "0 | 0",
                        "0 | 0",
                        "20/20 | ≤ QPS",
                        "10,000 | ≤ 10,000 in any 20 s",
                        "4,990 | ≤ 5,000",
                        "99.2 % | ≥ 98 %",
                        "9,999/10,000 4,000/5,000 | ≤ granted, none refused",
                        "9,900/9,900 | ≤ granted less the reserve",
                        "0 | 0",
                        "0 | 0",
                        "0 | 0",
                        "2 / 1 / 0 | missed 0",
                        "0 of 8 | 0",
                        "0 | 0",
                        "10 / 20 / 30 ms, 3 sent | all arrive",
                        "1 of 100, 1 without an answer | ≤ 1.0 %",
                        "5.0 / 20.0 / 30 ms | p99 ≤ 20 ms",
                        "1 | ≤ 1 unanswered",
                        "0 of 20 | 0",
                        "0 of 40 differ | 0",
                        "0 of 3 | 0",
                        "0 of 2 | 0",
                        "0 of 30 | 0",
                        "0 | 0",
                        "8 of 8 asked | all",
                        "5 of 5 asked | all",
                        "200 of 200 asked | all",
                        "0 | 0",
                        "calls in flight 512 of 512; heap 50 % | none above its bound");
    }

    /** Of 100 calls at least, one in a hundred may be more, one at each edge of a minute, and one for each request that came by itself. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 102, OK",
        "0, 0, 103, BROKEN",
        "1, 0, 103, OK",
        "1, 0, 104, BROKEN",
        "3, 5, 110, OK",
        "3, 5, 111, BROKEN",
    })
    void callsMayBeMoreThanTheLeastByTheEdgesOfMinutesAndWhatCameApart(
            long minutes, long apart, long sent, Outcome outcome) {
        Calls calls = new Calls(sent, 100, apart, 200, 200, 0, 0);
        assertThat(finding(Promise.FILL, calls, new PeopleMinute(4_990, 5_000, minutes, 5_000 * minutes))
                        .outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"5000, OK", "5001, BROKEN"})
    void aMinuteMayBeFullAndNoMore(long worst, Outcome outcome) {
        assertThat(finding(Promise.MINUTE, Runs.calls(), new PeopleMinute(worst, 5_000, 1, 5_000))
                        .outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"9800, 98.0 %, OK", "9799, 98.0 %, BROKEN", "10000, 100.0 %, OK"})
    void fullMinutesAreUsedWhenNearlyAsManyGoAsMay(long people, String use, Outcome outcome) {
        Finding found = finding(Promise.MINUTE_USE, Runs.calls(), new PeopleMinute(5_000, 5_000, 2, people));
        assertThat(found.outcome()).isEqualTo(outcome);
        assertThat(found.figure().english()).isEqualTo(use);
    }

    @ParameterizedTest
    @CsvSource({"false, 3, BROKEN", "true, '0, beside 3 held as expected', OK"})
    void whoIsInDoubtIsAsUnsettledAsWhoWaits(boolean mayWait, String figure, Outcome outcome) {
        Map<DeliveryState, Long> states =
                Map.of(DeliveryState.WAITING, 2L, DeliveryState.IN_DOUBT, 1L, DeliveryState.SENT, 7L);
        SubmissionReading open = SubmissionReading.ofClient("cmp_1", 10, states, mayWait);
        Finding found = finding(Promise.SETTLED, Runs.with(Runs.organisation(open, Runs.calls(), 20, 4_990, 4_960)));
        assertThat(found.outcome()).isEqualTo(outcome);
        assertThat(found.figure().english()).isEqualTo(figure);
    }

    private static Finding finding(Promise promise, Calls calls, PeopleMinute minute) {
        OrganisationReading good = Runs.good().organisations().getFirst();
        return finding(
                promise,
                Runs.with(new OrganisationReading(
                        "shop", good.submissions(), good.reached(), calls, good.seconds(), minute, good.month())));
    }

    private static Finding finding(Promise promise, Snapshot run) {
        List<Finding> found = Verdict.of(run).findings().stream()
                .filter(finding -> finding.promise() == promise)
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
