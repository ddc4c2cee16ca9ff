package dev.sluice.engine.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrongKeysTest {
    private static final long SECOND = 1_000_000_000L;
    private final WrongKeys wrongKeys = new WrongKeys();

    @Test
    void anAddressThatGuessesHasToWaitForTheRestOfItsMinute() {
        for (int i = 0; i < 20; i++) {
            assertThat(wrongKeys.waitSeconds("10.0.0.1", i * SECOND)).isZero();
            wrongKeys.note("10.0.0.1", i * SECOND);
        }
        assertThat(wrongKeys.waitSeconds("10.0.0.1", 20 * SECOND)).isEqualTo(40);
        assertThat(wrongKeys.waitSeconds("10.0.0.2", 20 * SECOND)).isZero();
        assertThat(wrongKeys.waitSeconds("10.0.0.1", 60 * SECOND)).isZero();
    }

    @Test
    void aFloodFromManyAddressesForgetsTheOldest() {
        for (int i = 0; i < 20; i++) {
            wrongKeys.note("first", 0);
        }
        for (int i = 0; i < 10_000; i++) {
            wrongKeys.note("address-" + i, 0);
        }
        assertThat(wrongKeys.waitSeconds("first", 0)).isZero();
    }
}
