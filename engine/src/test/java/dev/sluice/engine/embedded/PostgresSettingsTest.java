package dev.sluice.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresSettingsTest {
    @ParameterizedTest
    @CsvSource({"512, 128MB", "4096, 512MB", "16384, 2048MB", "262144, 2048MB"})
    void buffersAreAnEighthOfTheMemoryWithinBounds(long memoryMegabytes, String buffers) {
        assertThat(PostgresSettings.of(5432, memoryMegabytes << 20)).containsEntry("shared_buffers", buffers);
    }
}
