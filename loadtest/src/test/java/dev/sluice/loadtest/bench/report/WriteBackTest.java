package dev.sluice.loadtest.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
    @EnabledOnOs(OS.LINUX)
    void theKernelsOwnFilesAreReadToTheirEnd() throws IOException {
        Process cat = new ProcessBuilder(
                        "cat", "/proc/sys/vm/dirty_background_bytes", "/proc/sys/vm/dirty_background_ratio")
                .start();
        List<String> said = cat.inputReader().lines().toList();
        assertThat(WriteBack.ofThisMachine().setting())
                .isEqualTo(
                        said.getFirst().equals("0")
                                ? "vm.dirty_background_ratio=" + said.getLast()
                                : "vm.dirty_background_bytes=" + said.getFirst());
    }

    @Test
    void aSystemWithoutTheseSettingsIsNoError() {
        assertThat(new WriteBack(kernel.resolve("missing")).setting()).isEqualTo("unknown");
    }
}
