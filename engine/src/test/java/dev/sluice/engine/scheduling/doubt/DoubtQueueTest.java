package dev.sluice.engine.scheduling.doubt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DoubtQueueTest {
    private final DoubtQueue queue = new DoubtQueue();

    @Test
    void nothingIsDueBeforeItsTime() {
        queue.add(doubt(1, 100));
        assertThat(queue.due(99)).isEmpty();
        assertThat(callIds(queue.due(100))).containsExactly(1L);
    }

    @Test
    void theOldestCallsComeFirstAndNoMoreThan64AtOnce() {
        LongStream.rangeClosed(1, 100).map(id -> 101 - id).forEach(id -> queue.add(doubt(id, 0)));
        List<Doubt> first = queue.due(0);
        assertThat(callIds(first))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 64).boxed().toList());
        first.forEach(Doubt::start);
        assertThat(queue.due(0)).isEmpty();
    }

    @Test
    void whatEndsOrWaitsMakesRoom() {
        LongStream.rangeClosed(1, 100).forEach(id -> queue.add(doubt(id, 0)));
        queue.due(0).forEach(Doubt::start);
        queue.remove(1);
        queue.get(2).waitUntil(1_000);
        queue.get(3).awaitReceipt();
        assertThat(callIds(queue.due(0))).containsExactly(65L, 66L, 67L);
    }

    @Test
    void fourAreResentAtOnce() {
        LongStream.rangeClosed(1, 5).forEach(id -> queue.add(doubt(id, 0)));
        for (long id = 1; id <= 4; id++) {
            assertThat(queue.hasRoomForResend()).isTrue();
            queue.get(id).startResend();
        }
        assertThat(queue.hasRoomForResend()).isFalse();
        queue.get(1).awaitReceipt();
        assertThat(queue.hasRoomForResend()).isTrue();
    }

    @Test
    void whoAwaitsAReceiptDoesNothingUntilThereIsNone() {
        Doubt doubt = doubt(1, 0);
        queue.add(doubt);
        doubt.awaitReceipt();
        assertThat(queue.due(1_000_000)).isEmpty();
        doubt.noReceipt();
        assertThat(queue.due(1_000_000)).containsExactly(doubt);
        assertThat(doubt.resends()).isOne();
    }

    @Test
    void aMissingReceiptOfAnEarlierResendCountsButDoesNotInterrupt() {
        Doubt doubt = doubt(1, 0);
        queue.add(doubt);
        doubt.startResend();
        doubt.noReceipt();
        assertThat(doubt.resends()).isOne();
        assertThat(queue.due(1_000_000)).isEmpty();
    }

    private static Doubt doubt(long callId, long dueAtMillis) {
        return new Doubt(DoubtfulCalls.unknown(callId), dueAtMillis);
    }

    private static List<Long> callIds(List<Doubt> doubts) {
        return doubts.stream().map(doubt -> doubt.call().callId()).toList();
    }
}
