package dev.sluice.engine.scheduling.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.sending.Verdict;
import dev.sluice.engine.settling.DeliveryChange;
import dev.sluice.engine.settling.Settlement.Progress;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallChangesTest {
    private static final long CALL = 77;

    private final SubmissionWork work = new SubmissionWork(new SubmissionWork.Spec(
            3, 40, PriorityClass.TRANSACTIONAL, false, Long.MAX_VALUE, new UUID(1, 1), "hello", 100, 0));

    @Test
    void eachVerdictChangesItsOwnDelivery() {
        List<Pending> batch = page(3);
        List<DeliveryChange> changes = CallChanges.of(
                batch,
                List.of(
                        new Verdict.End(DeliveryState.SENT, null),
                        new Verdict.Retry(1_500),
                        new Verdict.End(DeliveryState.FAILED, Disposition.INVALID_RECIPIENT)),
                CALL);
        assertThat(changes)
                .extracting(DeliveryChange::key)
                .containsExactlyElementsOf(batch.stream().map(Pending::key).toList());
        assertThat(changes)
                .extracting(DeliveryChange::to)
                .containsExactly(DeliveryState.SENT, DeliveryState.WAITING, DeliveryState.FAILED);
        assertThat(changes).extracting(DeliveryChange::delayMillis).containsExactly(0L, 1_500L, 0L);
        assertThat(changes.get(2).disposition()).isEqualTo(Disposition.INVALID_RECIPIENT);
    }

    @Test
    void everyChangeStartsFromWaitingAndIsFencedByItsCall() {
        List<Verdict> verdicts = List.of(new Verdict.End(DeliveryState.SENT, null), new Verdict.Retry(1_500));
        assertThat(CallChanges.of(page(2), verdicts, CALL)).allSatisfy(change -> {
            assertThat(change.from()).isEqualTo(DeliveryState.WAITING);
            assertThat(change.callId()).isEqualTo(CALL);
            assertThat(change.fenceCallId()).isEqualTo(CALL);
        });
    }

    @Test
    void whoGoesAgainAtOnceChangesNothing() {
        assertThat(CallChanges.of(page(1), List.of(new Verdict.Again(1)), CALL)).isEmpty();
    }

    @Test
    void progressIsWrittenWhenAllBelowItIsSettled() {
        List<Pending> batch = page(2);
        assertThat(BatchProgress.of(batch, sent(batch))).isEmpty();
        batch.forEach(work::settled);
        assertThat(BatchProgress.of(batch, sent(batch))).containsExactly(new Progress(3, 40, 0, 2));
    }

    /** It is not kept then, and what is taken for durable and is not looks as if somebody had opened the submission again. */
    @Test
    void noProgressIsWrittenWithABatchThatGoesAgainAtOnce() {
        List<Pending> batch = page(2);
        batch.forEach(work::settled);
        assertThat(BatchProgress.of(batch, List.of())).isEmpty();
    }

    @Test
    void progressThatIsDurableIsKnownAsSuch() {
        List<Pending> batch = page(2);
        batch.forEach(work::settled);
        BatchProgress.written(batch, BatchProgress.of(batch, sent(batch)));
        assertThat(work.writtenBelow()).isEqualTo(2);
        assertThat(BatchProgress.of(batch, sent(batch))).containsExactly(new Progress(3, 40, 2, 2));
    }

    private static List<DeliveryChange> sent(List<Pending> batch) {
        return batch.stream()
                .map(one -> CallChanges.end(one, DeliveryState.SENT, null, CALL))
                .toList();
    }

    private List<Pending> page(int people) {
        SubmissionWork.Page page = work.page(people, people);
        return IntStream.range(0, people)
                .mapToObj(ordinal -> new Pending(work, page, ordinal, "p" + ordinal, 0))
                .toList();
    }
}
