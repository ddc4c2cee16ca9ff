package dev.sluice.loadtest.load.judging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitingAnswerTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final String SOON = "2026-12-01T00:00:00Z";

    @ParameterizedTest
    @ValueSource(
            strings = {"month budget", "quiet hours", "midnight", "circuit", "people-per-minute:notice 5000 per 60 s"})
    void whatTimeEndsSaysUntilWhen(String gate) {
        assertThat(explains(gate, "It is used up.", SOON)).isTrue();
        assertThat(explains(gate, "It is used up.", null)).isFalse();
    }

    @Test
    void aTimeThatIsOverSaysNothingButForAMoment() {
        assertThat(explains("month budget", "It is used up.", "2026-11-30T11:59:30Z"))
                .isTrue();
        assertThat(explains("month budget", "It is used up.", "2026-11-01T00:00:00Z"))
                .isFalse();
        assertThat(explains("month budget", "It is used up.", "soon")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"paused", "tenant paused", "channel paused", "draft"})
    void whatSomebodyMustEndHasNoTime(String gate) {
        assertThat(explains(gate, "Somebody paused it.", null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no owner", "unknown"})
    void whatNobodyCanSayYetExplainsNothing(String gate) {
        assertThat(explains(gate, "What holds its lane cannot be read just now.", null))
                .isFalse();
        assertThat(explains(gate, "What holds its lane cannot be read just now.", SOON))
                .isFalse();
    }

    @Test
    void withoutAGateOrAReasonNothingIsExplained() {
        assertThat(explains("", "It is used up.", SOON)).isFalse();
        assertThat(explains("paused", "", SOON)).isFalse();
        assertThat(WaitingAnswer.of(new JsonObject()).explains(NOW)).isFalse();
    }

    @Test
    void whoeverIsHeldByNothingHasNoAnswer() {
        assertThat(WaitingAnswer.of(new JsonObject().putNull("waitingFor")).explains(NOW))
                .isFalse();
    }

    private static boolean explains(String gate, String reason, String notBefore) {
        JsonObject held =
                new JsonObject().put("gate", gate).put("reason", reason).put("notBefore", notBefore);
        return WaitingAnswer.of(new JsonObject().put("waitingFor", held)).explains(NOW);
    }
}
