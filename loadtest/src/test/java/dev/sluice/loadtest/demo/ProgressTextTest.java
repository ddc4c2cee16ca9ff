package dev.sluice.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.terminal.Columns;
import dev.sluice.loadtest.terminal.Language;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProgressTextTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    @Test
    void aLineSaysStatesRateTimeLeftAndWhichLimitBinds() {
        assertThat(new ProgressText(Language.EN, ZoneOffset.UTC).line(waiting(5_200)))
                .contains("standard", " 48%", "4,800/10,000", "4,300/min", "ETA 1:25")
                .contains("waiting 5,200", "sent 4,300", "suppressed 500")
                .contains("limit: people a minute (5000 / 60 s) until 09:00:25");
    }

    @Test
    void theRateIsThatOfTheLastMinute() {
        LastMinute rate = new LastMinute();
        assertThat(rate.of(0, NOW)).isZero();
        assertThat(rate.of(4_900, NOW.plusSeconds(3))).isEqualTo(4_900);
        assertThat(rate.of(4_900, NOW.plusSeconds(60))).isEqualTo(4_900);
        assertThat(rate.of(9_800, NOW.plusSeconds(64))).isEqualTo(4_900);
        assertThat(rate.of(9_800, NOW.plusSeconds(130))).isZero();
    }

    @Test
    void aLineIsChineseWhenAsked() {
        assertThat(new ProgressText(Language.ZH, ZoneOffset.UTC).line(waiting(5_200)))
                .contains("标准版", "剩余 1:25", "等待 5,200", "受限于：每分钟人数（5000 / 60 s）");
    }

    @Test
    void nothingBindsWhenNobodyWaits() {
        assertThat(new ProgressText(Language.EN, ZoneOffset.UTC).line(waiting(0)))
                .contains("100%", "ETA 0:00", "done")
                .doesNotContain("limit:");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void noLineOfTheBlockIsWiderThanTheTerminal(Language language) {
        for (int columns : new int[] {40, 60, 79, 120, 200}) {
            List<String> block =
                    new ProgressText(language, ZoneOffset.UTC).block(List.of(waiting(5_200), waiting(0)), 7, columns);
            assertThat(block).hasSize(5).allMatch(line -> Columns.width(line) <= columns);
        }
    }

    @Test
    void theLiveBlockIsRedrawnInPlaceWithTheCursorShown() {
        StringWriter screen = new StringWriter();
        LiveDisplay display =
                new LiveDisplay(new PrintWriter(screen), new ProgressText(Language.EN, ZoneOffset.UTC), 100);
        display.show(List.of(waiting(5_200)), 1);
        assertThat(screen.toString()).doesNotContain("\u001b[3A");
        display.show(List.of(waiting(0)), 2);
        display.close();
        assertThat(screen.toString()).contains("\u001b[3A").doesNotContain("\u001b[?25l");
        assertThat(screen.toString().chars().filter(unit -> unit == '\n')).hasSize(6);
    }

    private static Progress waiting(long waiting) {
        JsonObject counts = new JsonObject()
                .put("waiting", waiting)
                .put("inFlight", 0)
                .put("sent", 9_500 - waiting)
                .put("suppressed", 500);
        JsonObject scheduler = new JsonObject()
                .put("bindingGate", "people-per-minute:asyncsend_v2 5000 per 60 s")
                .put("notBefore", NOW.plusSeconds(25).toString());
        return Progress.of(
                TenantPlan.all().getFirst(),
                new JsonObject().put("counts", counts),
                new JsonObject().put("scheduler", scheduler),
                new LastMinute(),
                NOW);
    }
}
