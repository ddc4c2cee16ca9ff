package dev.sluice.engine.recovery;

import dev.sluice.engine.channel.DoubtRule;
import dev.sluice.engine.model.OnDoubt;
import dev.sluice.engine.time.EngineClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * What may be done about a doubtful call, once its request surely is over. Pure.
 *
 * <p>A repeat is only ever byte-identical. Where the platform drops identical content of the same day, the day must be the same and its edge not near, because a
 * resend that arrives on the next day would be shown twice; and so would one whose key the platform has forgotten.
 */
public final class DoubtPolicy {
    /** Resends of one call: each costs a metered call, and after this many silent ones a person should look. */
    private static final int MOST_RESENDS = 3;
    /** Distance from midnight within which no resend relies on "the same day": clocks and late requests fit in it. */
    private static final Duration DAY_EDGE = Duration.ofMinutes(10);

    private DoubtPolicy() {}

    /** What to do. */
    public enum Step {
        /** Send it again, byte for byte. */
        RESEND,
        /** Let the deliveries wait again: somebody may get it twice, and the channel says that this is wanted. */
        RETRY,
        /** Leave it to a person. */
        HOLD
    }

    /**
     * The next step of a doubtful call.
     *
     * @param rule what the platform recognises
     * @param onDoubt what the channel wants where it recognises nothing
     * @param intentAt when the call was made
     * @param resends how often it was resent already
     * @param attempts the most calls that one of its deliveries took part in
     * @param now wall time
     */
    public static Step next(DoubtRule rule, OnDoubt onDoubt, Instant intentAt, int resends, int attempts, Instant now) {
        return switch (rule) {
            case DoubtRule.ResendAndQuery query ->
                resends < MOST_RESENDS && surelySameDay(intentAt, now) ? Step.RESEND : Step.HOLD;
            case DoubtRule.ResendWithKey key ->
                resends < MOST_RESENDS && now.isBefore(intentAt.plus(key.keyLife())) ? Step.RESEND : Step.HOLD;
            case DoubtRule.HoldOrRetry none -> onDoubt == OnDoubt.RETRY && attempts <= 1 ? Step.RETRY : Step.HOLD;
        };
    }

    private static boolean surelySameDay(Instant intentAt, Instant now) {
        LocalDate day = LocalDate.ofInstant(intentAt, EngineClock.PLATFORM_ZONE);
        LocalTime time = LocalTime.ofInstant(now, EngineClock.PLATFORM_ZONE);
        return day.equals(LocalDate.ofInstant(now, EngineClock.PLATFORM_ZONE))
                && time.toSecondOfDay() < 24 * 3600 - DAY_EDGE.toSeconds();
    }
}
