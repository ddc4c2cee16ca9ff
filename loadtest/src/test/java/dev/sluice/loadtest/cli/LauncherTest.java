package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script at the root, with a Java that says how it was called. */
class LauncherTest {
    @TempDir
    private Path directory;

    @Test
    void aCopyWithoutSourcesRunsWhatWasBuiltAndNeedsNoCompiler() throws Exception {
        Path copy = Files.createDirectories(directory.resolve("opt"));
        Files.copy(Path.of("..", "sluice"), copy.resolve("sluice"));
        Files.createDirectories(copy.resolve("loadtest/target/lib"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("opt/sluice"));
        assertThat(run(link, 1)).contains(copy + " has neither sources nor a build");
        Files.createFile(copy.resolve("loadtest/target/sluice-loadtest.jar"));

        assertThat(run(link, 0).strip().lines())
                .singleElement()
                .asString()
                .startsWith("called with ")
                .contains("-cp " + copy + "/loadtest/target/sluice-loadtest.jar:" + copy + "/loadtest/target/lib/*")
                .endsWith(" serve --help");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aNameServerThatSaysNothingHoldsUpNoEventLoop() throws Exception {
        Path copy = Files.createDirectories(directory.resolve("opt"));
        Files.copy(Path.of("..", "sluice"), copy.resolve("sluice"));
        Files.createDirectories(copy.resolve("loadtest/target/lib"));
        Files.createFile(copy.resolve("loadtest/target/sluice-loadtest.jar"));
        assertThat(run(copy.resolve("sluice"), 0))
                .as("where names are looked up by the system, the event loop that connects waits for it")
                .doesNotContain("disableDnsResolver");
    }

    private String run(Path script, int exitCode) throws Exception {
        ProcessBuilder command =
                new ProcessBuilder("bash", script.toString(), "serve", "--help").redirectErrorStream(true);
        command.environment().put("JAVA_HOME", runtime().toString());
        Process sluice = command.start();
        String said = new String(sluice.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(sluice.waitFor()).as(said).isEqualTo(exitCode);
        return said;
    }

    private Path runtime() throws IOException {
        Path home = Files.createDirectories(directory.resolve("jre/bin")).getParent();
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"21.0.4\"\n");
        Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\necho called with \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }
}
