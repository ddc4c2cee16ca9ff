package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryKey;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ContentTrialsTest {
    private static final UUID CONTENT = new UUID(0, 1);

    private final ContentTrials trials = new ContentTrials();

    @Test
    void aContentIsGivenUpWhenItFailedForEnoughPeopleAloneHoweverOftenEachWasTried() {
        for (int ordinal = 0; ordinal < ContentTrials.MOST_ALONE - 1; ordinal++) {
            assertThat(trials.givenUp(CONTENT, new DeliveryKey(1, ordinal))).isFalse();
            assertThat(trials.givenUp(CONTENT, new DeliveryKey(1, ordinal))).isFalse();
        }
        assertThat(trials.givenUp(new UUID(0, 2), new DeliveryKey(2, 0))).isFalse();
        assertThat(trials.givenUp(CONTENT, new DeliveryKey(1, ContentTrials.MOST_ALONE)))
                .isTrue();
        assertThat(trials.givenUp(CONTENT, new DeliveryKey(3, 0)))
                .as("sent again later")
                .isFalse();
    }

    @Test
    void aContentThatPassedForAnybodyIsNeverGivenUp() {
        trials.passed(CONTENT);
        for (int ordinal = 0; ordinal < 2 * ContentTrials.MOST_ALONE; ordinal++) {
            assertThat(trials.givenUp(CONTENT, new DeliveryKey(1, ordinal))).isFalse();
        }
    }

    @Test
    void theOldestIsForgottenWhenThereAreTooMany() {
        trials.passed(CONTENT);
        for (int other = 0; other < ContentTrials.MOST_CONTENTS; other++) {
            trials.passed(new UUID(1, other));
        }
        boolean givenUp = false;
        for (int ordinal = 0; ordinal < ContentTrials.MOST_ALONE; ordinal++) {
            givenUp = trials.givenUp(CONTENT, new DeliveryKey(1, ordinal));
        }
        assertThat(givenUp).isTrue();
    }
}
