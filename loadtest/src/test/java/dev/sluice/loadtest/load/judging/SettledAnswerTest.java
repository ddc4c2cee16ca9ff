package dev.sluice.loadtest.load.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryState;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettledAnswerTest {
    @ParameterizedTest
    @EnumSource(names = {"FAILED", "SUPPRESSED", "EXPIRED", "CANCELLED"})
    void whoGotNothingIsToldWhy(DeliveryState state) {
        String name = state.name().toLowerCase(Locale.ROOT);
        assertThat(tells(state, name, "Its deadline passed.")).isTrue();
        assertThat(tells(state, name, "")).isFalse();
        assertThat(tells(state, name, null)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"SENT", "DELIVERED"})
    void whoGotItNeedsNoReason(DeliveryState state) {
        assertThat(tells(state, state.name().toLowerCase(Locale.ROOT), null)).isTrue();
    }

    @Test
    void whoeverIsSaidToBeElsewhereIsToldWrongly() {
        assertThat(tells(DeliveryState.FAILED, "delivered", "It was read.")).isFalse();
        assertThat(tells(DeliveryState.SENT, "waiting", null)).isFalse();
        assertThat(tells(DeliveryState.IN_DOUBT, "inDoubt", "No answer came.")).isTrue();
    }

    private static boolean tells(DeliveryState row, String state, String explanation) {
        return SettledAnswer.of(new JsonObject().put("state", state).put("explanation", explanation))
                .tells(row);
    }
}
