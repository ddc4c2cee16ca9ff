package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.simulator.SimulatorCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SluiceMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void helpNamesEveryCommandInTwoLanguages() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("serve", "migrate", "admin-key", "rotate-master-key", "simulator", "运行一个节点");
    }

    @Test
    void aWrongOptionIsOneLineAndExitCode2() {
        assertThat(run("serve", "--prot", "1")).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("--prot", "./sluice serve --help");
    }

    @Test
    void anUnknownCommandIsOneLineWithTheNearestOneAndExitCode2() {
        assertThat(run("sevre")).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .isEqualTo("there is no command sevre (did you mean serve?); see ./sluice --help");
    }

    @Test
    void aDirectoryThatIsNotThereIsSaidAndNotOnlyNamed() {
        CommandLine line = SluiceMain.commandLine();
        line.setErr(new PrintWriter(err, true));
        Exception gone = new NoSuchFileException("/nowhere/sluice-load1");
        assertThat(Complaints.ofTheRun(gone, line, line.getParseResult())).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "sluice: cannot use /nowhere/sluice-load1 (NoSuchFileException): is its directory there, and may you write in it?");
    }

    @Test
    void whatFailedOnAnotherThreadIsSaidInItsOwnWords() {
        CommandLine line = SluiceMain.commandLine();
        line.setErr(new PrintWriter(err, true));
        Exception wrapped = new CompletionException(
                new ExecutionException(new IllegalStateException("node-1 does not know tenant bank")));
        assertThat(Complaints.ofTheRun(wrapped, line, line.getParseResult())).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("sluice: node-1 does not know tenant bank");
    }

    /** In some of them Java would write other digits. */
    @Test
    void everyLocaleHasTheSameNumbers() throws Exception {
        Process plan = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Duser.language=ar",
                        "-Duser.country=EG",
                        "-Dstdout.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SluiceMain.class.getName(),
                        "plan",
                        "--tenants",
                        "2",
                        "--people",
                        "2468")
                .redirectErrorStream(true)
                .start();
        String said = new String(plan.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(plan.waitFor()).isZero();
        assertThat(said).contains("2 tenants of tier standard send a campaign to 1,234 people each");
    }

    @Test
    void everyOptionOfTheSimulatorIsExplainedInTwoLanguages() {
        assertThat(new CommandLine(new SimulatorCommand()).getCommandSpec().options())
                .filteredOn(option -> !option.usageHelp() && !option.versionHelp())
                .isNotEmpty()
                .allSatisfy(option -> assertThat(option.description()).hasSize(2));
    }

    @Test
    void theSimulatorSaysWhyItCannotListen() {
        assertThat(run("simulator", "--host", "192.0.2.1", "--port", "0")).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("cannot listen on 192.0.2.1:0 (Cannot assign requested address");
    }

    @Test
    void aWrongConfigurationIsExplainedWithoutAStackTrace() throws IOException {
        Path file = Files.writeString(directory.resolve("sluice.yaml"), "http: {prot: 1}");
        assertThat(run("serve", "--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("http.prot is no known key").doesNotContain("\tat ");
    }

    @Test
    void aMissingConfigurationIsNamed() {
        assertThat(run("migrate", "-c", directory.resolve("none.yaml").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.yaml");
    }

    @Test
    void everyTakenPortIsNamedInOneLineBeforeAnythingStarts() throws IOException {
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path data = directory.resolve("data");
            Path file = Files.writeString(
                    directory.resolve("sluice.yaml"), """
                    dataDirectory: %s
                    http: {port: %d}
                    metrics: {port: %d}
                    admin: {host: 192.0.2.1, port: 0}
                    """.formatted(data, first.getLocalPort(), second.getLocalPort()));

            assertThat(run("serve", "--config", file.toString())).isEqualTo(1);

            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .contains(
                            "127.0.0.1:" + first.getLocalPort() + " is taken: set http.port or SLUICE_HTTP_PORT",
                            "127.0.0.1:" + second.getLocalPort() + " is taken: set metrics.port or SLUICE_METRICS_PORT",
                            "192.0.2.1:0 cannot be listened on (",
                            "set admin.host or SLUICE_ADMIN_HOST");
            assertThat(data).doesNotExist();
        }
    }

    private int run(String... arguments) {
        CommandLine line = SluiceMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
