package dev.sluice.engine.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.directory.ChannelEntry.QuietHours;
import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.PriorityClass;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CalendarTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final QuietHours NIGHT = new QuietHours(LocalTime.of(22, 0), LocalTime.of(8, 0), SHANGHAI);
    private static final CalendarEdge EDGE = new CalendarEdge(5_200, 1_000);

    @Test
    void quietHoursSpanMidnight() {
        assertThat(quiet("2026-11-21T13:59:59Z")).isEmpty();
        assertThat(quiet("2026-11-21T14:00:00Z")).hasValue(Instant.parse("2026-11-22T00:00:00Z"));
        assertThat(quiet("2026-11-21T23:59:59Z")).hasValue(Instant.parse("2026-11-22T00:00:00Z"));
        assertThat(quiet("2026-11-22T00:00:00Z")).isEmpty();
    }

    @Test
    void equalEndsAreNeverQuiet() {
        QuietHours none = new QuietHours(LocalTime.NOON, LocalTime.NOON, SHANGHAI);
        assertThat(QuietTime.heldUntil(none, Instant.parse("2026-11-21T04:00:00Z")))
                .isEmpty();
    }

    @Test
    void noCallStraddlesTheEndOfTheMonthAtThePlatform() {
        assertThat(EDGE.monthHold(Instant.parse("2026-11-30T15:59:53.799Z"))).isEmpty();
        assertThat(EDGE.monthHold(Instant.parse("2026-11-30T15:59:53.800Z")))
                .hasValue(Instant.parse("2026-11-30T16:00:01Z"));
        assertThat(EDGE.monthHold(Instant.parse("2026-11-30T16:00:00.500Z")))
                .hasValue(Instant.parse("2026-11-30T16:00:01Z"));
        assertThat(EDGE.monthHold(Instant.parse("2026-11-30T16:00:01Z"))).isEmpty();
        assertThat(EDGE.monthHold(Instant.parse("2026-11-29T16:00:00Z"))).isEmpty();
        assertThat(EDGE.dayHold(Instant.parse("2026-11-29T15:59:59Z"))).hasValue(Instant.parse("2026-11-29T16:00:01Z"));
    }

    @Test
    void aCallThatStoodInLineOverMidnightIsDecidedAnew() {
        LocalDate decidedOn = LocalDate.parse("2026-11-30");

        assertThat(EDGE.dayHold(decidedOn, Instant.parse("2026-11-30T15:59:30Z")))
                .isEmpty();
        assertThat(EDGE.dayHold(decidedOn, Instant.parse("2026-11-30T15:59:55Z")))
                .hasValue(Instant.parse("2026-11-30T16:00:01Z"));
        assertThat(EDGE.dayHold(decidedOn, Instant.parse("2026-11-30T16:00:20Z")))
                .hasValue(Instant.parse("2026-11-30T16:00:20Z"));
    }

    @Test
    void bulkNeverEatsTheReserve() {
        BudgetStatus budget = new BudgetStatus(
                1,
                LocalDate.parse("2026-11-01"),
                BudgetPool.API,
                1_000,
                5,
                970,
                5,
                Optional.empty(),
                OptionalLong.empty());
        Instant now = Instant.parse("2026-11-21T00:00:00Z");
        assertThat(budget.allows(PriorityClass.BULK, 1, 10, now)).isTrue();
        assertThat(budget.allows(PriorityClass.BULK, 1, 11, now)).isFalse();
        assertThat(budget.allows(PriorityClass.TRANSACTIONAL, 1, 20, now)).isTrue();
        assertThat(budget.allows(PriorityClass.TRANSACTIONAL, 1, 21, now)).isFalse();
        assertThat(BudgetThreshold.passedBy(budget, now))
                .extracting(BudgetThreshold::percent)
                .containsExactly(50, 80, 95);
    }

    @Test
    void aMonthIsProjectedToEndWhereItsPaceLeadsBeforeItsLastDay() {
        Instant afterTenDays = Instant.parse("2026-11-10T16:00:00Z");
        assertThat(used(400).projectedEnd(afterTenDays)).hasValue(Instant.parse("2026-11-25T16:00:00Z"));
        assertThat(used(334).projectedEnd(afterTenDays)).isPresent();
        assertThat(used(333).projectedEnd(afterTenDays)).as("after 30.03 days").isEmpty();
        assertThat(used(0).projectedEnd(afterTenDays)).isEmpty();
        assertThat(used(1_000).projectedEnd(afterTenDays)).hasValue(afterTenDays);
        assertThat(used(400).projectedEnd(Instant.parse("2026-10-31T16:00:00Z")))
                .as("at its very beginning")
                .isEmpty();
    }

    /** Of a thousand units, some of them reserved and some spent by others. */
    private static BudgetStatus used(long units) {
        long reserved = units / 4;
        long foreign = units / 5;
        return new BudgetStatus(
                1,
                LocalDate.parse("2026-11-01"),
                BudgetPool.API,
                1_000,
                reserved,
                units - reserved - foreign,
                foreign,
                Optional.empty(),
                OptionalLong.empty());
    }

    private static Optional<Instant> quiet(String now) {
        return QuietTime.heldUntil(NIGHT, Instant.parse(now));
    }
}
