package dev.sluice.engine.scheduling.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.ChannelEntry.QuietHours;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.CalendarEdge;
import dev.sluice.engine.scheduling.hold.LaneRules.Rule;
import dev.sluice.engine.testkit.TestChannels;
import dev.sluice.engine.time.EngineClock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaneRulesTest {
    private static final CalendarEdge EDGE = new CalendarEdge(5_200, 1_000);
    private static final QuietHours NIGHT =
            new QuietHours(LocalTime.of(22, 0), LocalTime.of(8, 0), EngineClock.PLATFORM_ZONE);
    private static final ChannelEntry OPEN = channel(true, "", null);

    @Test
    void atNoonNothingHolds() {
        assertThat(at(OPEN, "2026-11-22T12:00:00+08:00")).isEmpty();
    }

    @Test
    void quietHoursHoldAllButCriticalMessagesUntilTheirEnd() {
        Rule rule = at(channel(true, "", NIGHT), "2026-11-22T23:00:00+08:00").orElseThrow();
        assertThat(rule.from()).isEqualTo(PriorityClass.TRANSACTIONAL);
        assertThat(rule.until()).contains(time("2026-11-23T08:00:00+08:00"));
    }

    @Test
    void criticalMessagesKeepAwayFromMidnightInQuietHoursToo() {
        Rule rule = at(channel(true, "", NIGHT), "2026-11-22T23:59:58+08:00").orElseThrow();
        assertThat(rule.from()).isEqualTo(PriorityClass.CRITICAL);
        assertThat(rule.until()).contains(time("2026-11-23T00:00:01+08:00"));
    }

    @Test
    void aPauseHoldsEverythingUntilSomebodyEndsIt() {
        Rule rule = at(channel(true, "Wrong agent.", NIGHT), "2026-11-22T23:59:58+08:00")
                .orElseThrow();
        assertThat(rule)
                .isEqualTo(new Rule(PriorityClass.CRITICAL, "channel paused", "Wrong agent.", Optional.empty()));
        assertThat(at(channel(false, "", null), "2026-11-22T12:00:00+08:00").map(Rule::gate))
                .contains("tenant paused");
    }

    private static Optional<Rule> at(ChannelEntry channel, String now) {
        return LaneRules.holdNow(channel, true, EDGE, time(now));
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    /** @param pauseReason "" for one that is not paused */
    private static ChannelEntry channel(boolean tenantActive, String pauseReason, QuietHours quietHours) {
        ChannelEntry plain = TestChannels.channel(ChannelKind.DINGTALK_WORK);
        return new ChannelEntry(
                plain.id(),
                plain.tenantId(),
                tenantActive,
                plain.tenantWeight(),
                plain.name(),
                plain.kind(),
                plain.app(),
                !pauseReason.isEmpty(),
                pauseReason,
                plain.onDoubt(),
                plain.receipts(),
                plain.receiptSamplePercent(),
                plain.reservePercent(),
                quietHours,
                plain.peopleForcedPerCall());
    }
}
