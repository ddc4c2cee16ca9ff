package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.DoubtRule;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.model.OnDoubt;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.recovery.DoubtfulCall;
import dev.sluice.engine.scheduling.doubt.DoubtStep;
import dev.sluice.engine.scheduling.queue.Pending;
import dev.sluice.engine.scheduling.queue.SubmissionWork;
import dev.sluice.engine.testkit.TestChannels;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LaneDoubtsTest {
    private static final Instant EVENING = Instant.parse("2026-03-10T23:40:00+08:00");
    private static final Instant NEXT_DAY = Instant.parse("2026-03-11T00:05:00+08:00");

    /** The platform would show a resend of the next day as a second message. */
    @Test
    void aCallWhoseDoubtBecameDurableOnTheNextDayIsNotResentThen() {
        DoubtfulCall call = LaneDoubts.unanswered(
                TestChannels.channel(ChannelKind.DINGTALK_WORK, Limits.NONE),
                1,
                new IdSequence(EVENING::toEpochMilli, 1).next(),
                List.of(zhang()));

        assertThat(step(call, EVENING)).isEqualTo(DoubtStep.RESEND);
        assertThat(step(call, NEXT_DAY)).isEqualTo(DoubtStep.RESOLVE);
    }

    private static DoubtStep step(DoubtfulCall call, Instant now) {
        return DoubtStep.of(call, 0, DoubtRule.RESEND_AND_QUERY, OnDoubt.HOLD, now.toEpochMilli());
    }

    private static Pending zhang() {
        SubmissionWork work = new SubmissionWork(new SubmissionWork.Spec(
                1, 1, PriorityClass.BULK, false, Long.MAX_VALUE, new UUID(1, 1), "content", 1, 0));
        return new Pending(work, null, 0, "zhang", 0);
    }
}
