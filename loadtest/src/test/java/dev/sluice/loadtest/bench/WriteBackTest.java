package dev.sluice.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteBackTest {
    @TempDir
    Path kernel;

    @Test
    void bytesReplaceTheShareOfMemoryWhereTheyAreSet() throws IOException {
        Files.writeString(kernel.resolve("dirty_background_bytes"), "0\n");
        Files.writeString(kernel.resolve("dirty_background_ratio"), "10\n");
        assertThat(new WriteBack(kernel).setting()).isEqualTo("vm.dirty_background_ratio=10");

        Files.writeString(kernel.resolve("dirty_background_bytes"), "8388608\n");
        assertThat(new WriteBack(kernel).setting()).isEqualTo("vm.dirty_background_bytes=8388608");
    }

    @Test
    void aSystemWithoutTheseSettingsIsNoError() {
        assertThat(new WriteBack(kernel.resolve("missing")).setting()).isEqualTo("unknown");
    }
}
