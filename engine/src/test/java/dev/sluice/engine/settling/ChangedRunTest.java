package dev.sluice.engine.settling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangedRunTest {
    private static final long SUBMISSION = 5;

    @Test
    void neighboursThatChangeAlikeAreOneRun() {
        assertThat(runs(IntStream.range(10, 110)
                        .mapToObj(ordinal -> sent(SUBMISSION, ordinal))
                        .toList()))
                .containsExactly(new ChangedRun(7, sent(SUBMISSION, 10), 109));
    }

    @Test
    void aGapAnotherSubmissionAndAnotherEndBeginAnotherRun() {
        DeliveryChange failed = new DeliveryChange(
                1,
                new DeliveryKey(SUBMISSION, 4),
                DeliveryState.WAITING,
                DeliveryState.FAILED,
                Disposition.DEADLINE_PASSED,
                9,
                9,
                0);

        assertThat(runs(List.of(
                        sent(SUBMISSION, 0),
                        sent(SUBMISSION, 1),
                        sent(SUBMISSION, 3),
                        failed,
                        sent(SUBMISSION, 5),
                        sent(SUBMISSION + 1, 6))))
                .containsExactly(
                        new ChangedRun(7, sent(SUBMISSION, 0), 1),
                        new ChangedRun(7, sent(SUBMISSION, 3), 3),
                        new ChangedRun(7, failed, 4),
                        new ChangedRun(7, sent(SUBMISSION, 5), 5),
                        new ChangedRun(7, sent(SUBMISSION + 1, 6), 6));
    }

    @Test
    void anOrderThatRunsBackwardsMakesNoRun() {
        assertThat(runs(List.of(sent(SUBMISSION, 2), sent(SUBMISSION, 1)))).hasSize(2);
        assertThat(runs(List.of())).isEmpty();
    }

    private static List<ChangedRun> runs(List<DeliveryChange> changes) {
        return ChangedRun.of(new Settlement(7, 1, List.of(), changes, List.of()));
    }

    private static DeliveryChange sent(long submission, int ordinal) {
        return new DeliveryChange(
                1, new DeliveryKey(submission, ordinal), DeliveryState.WAITING, DeliveryState.SENT, null, 9, 9, 0);
    }
}
