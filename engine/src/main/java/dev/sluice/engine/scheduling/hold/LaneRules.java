package dev.sluice.engine.scheduling.hold;

import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.CalendarEdge;
import dev.sluice.engine.quota.QuietTime;
import java.time.Instant;
import java.util.Optional;

/** What the people's side says about a lane right now. Pure. */
public final class LaneRules {
    private LaneRules() {}

    /**
     * A rule that holds.
     *
     * @param from the most urgent class that it holds
     * @param gate its short name
     * @param reason one sentence for people
     * @param until when it ends by itself; empty for one that somebody must end
     */
    public record Rule(PriorityClass from, String gate, String reason, Optional<Instant> until) {
        /** The rule as a hold. */
        Hold hold() {
            return new Hold(gate, reason, until.map(Instant::toEpochMilli).orElse(Hold.NO_END));
        }
    }

    /** The rule that holds a channel at this moment, if any. */
    public static Optional<Rule> holdNow(
            ChannelEntry channel, boolean countsPeopleByDay, CalendarEdge edge, Instant now) {
        if (!channel.tenantActive()) {
            return Optional.of(
                    new Rule(PriorityClass.CRITICAL, "tenant paused", "The tenant is paused.", Optional.empty()));
        }
        if (channel.paused()) {
            return Optional.of(
                    new Rule(PriorityClass.CRITICAL, Hold.CHANNEL_PAUSED, channel.pauseReason(), Optional.empty()));
        }
        // Before quiet hours: it holds critical calls too.
        Optional<Instant> atEdge = countsPeopleByDay ? edge.dayHold(now) : edge.monthHold(now);
        if (atEdge.isPresent()) {
            return Optional.of(new Rule(
                    PriorityClass.CRITICAL,
                    "midnight",
                    "Calls keep away from the platform's midnight until " + atEdge.get() + ".",
                    atEdge));
        }
        return Optional.ofNullable(channel.quietHours())
                .flatMap(hours -> QuietTime.heldUntil(hours, now))
                .map(until -> new Rule(
                        PriorityClass.TRANSACTIONAL,
                        "quiet hours",
                        "Quiet hours until " + channel.quietHours().until() + " "
                                + channel.quietHours().zone() + ".",
                        Optional.of(until)));
    }
}
