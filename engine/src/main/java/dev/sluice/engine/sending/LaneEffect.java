package dev.sluice.engine.sending;

import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PlatformCode;
import java.util.OptionalLong;

/** What an outcome means beyond its own deliveries. */
public sealed interface LaneEffect {
    /** Nothing. */
    record None() implements LaneEffect {}

    /**
     * The platform wants quiet.
     *
     * @param scope about what
     * @param waitMillis for how long
     * @param code what it said
     */
    record Quiet(ThrottleScope scope, long waitMillis, PlatformCode code) implements LaneEffect {}

    /**
     * The organisation's month is used up.
     *
     * @param used what the platform says was used
     * @param quota what it says is granted
     * @param code what it said
     */
    record MonthSpent(OptionalLong used, OptionalLong quota, PlatformCode code) implements LaneEffect {}

    /**
     * Only a person can mend it.
     *
     * @param reason advice with the platform's code and text
     */
    record PauseChannel(String reason) implements LaneEffect {}

    /** The access token must be fetched anew. */
    record RefreshToken() implements LaneEffect {}

    /** One person alone met a fault while the lane's other calls are answered: it may be the person, or the content. */
    record SuspectContent() implements LaneEffect {}

    /**
     * Nobody will get this content: the rest of it need not be tried.
     *
     * @param disposition why
     */
    record RefuseContent(Disposition disposition) implements LaneEffect {}
}
