package dev.sluice.engine.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    @Test
    void aKeyReadsBackWithTheSameIdAndHash() {
        ApiKey key = ApiKey.generate(new SecureRandom());
        ApiKey read = ApiKey.parse(key.reveal()).orElseThrow();
        assertThat(read.id()).isEqualTo(key.id());
        assertThat(read.secretSha256()).isEqualTo(key.secretSha256()).hasSize(32);
    }

    @Test
    void anyChangedCharacterIsSeenWithoutADatabase() {
        String text = ApiKey.generate(new Random(7)).reveal();
        for (int place = 0; place < text.length(); place++) {
            char other = text.charAt(place) == 'x' ? 'y' : 'x';
            String changed = text.substring(0, place) + other + text.substring(place + 1);
            assertThat(ApiKey.parse(changed)).as("changed at %d", place).isEmpty();
        }
    }

    @Test
    void whatIsNoKeyIsRefused() {
        assertThat(ApiKey.parse("")).isEmpty();
        assertThat(ApiKey.parse("slc_live__")).isEmpty();
        assertThat(ApiKey.parse("x".repeat(100_000))).isEmpty();
    }

    @Test
    void theTextFormHidesTheSecret() {
        ApiKey key = ApiKey.generate(new Random(8));
        assertThat(key.toString()).isEqualTo("slc_live_" + key.id() + "_***");
    }
}
