package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.embedded.LoopbackPort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LoadCommandTest {
    private static final String KEY = "slc_live_notToBeShown";

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"load", "plan"})
    void allFaultsOfAScenarioAreListedAndTheExitCodeIs2(String command) throws IOException {
        Path file = Files.writeString(directory.resolve("wrong.yaml"), "name: wrong\ncolour: red\n");
        assertThat(execute(command, file.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith(file + ": "))
                .anyMatch(line -> line.contains("colour: is no known key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"load", "plan"})
    void aMissingScenarioIsNamedInOneLine(String command) {
        assertThat(execute(command, "none.yaml")).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("none.yaml");
    }

    @Test
    void everyTierThatIsNotThereIsNamedWithItsPlace() throws IOException {
        Path gold = Files.writeString(directory.resolve("gold.yaml"), """
                name: gold
                description: {en: x, zh: x}
                tenants: [{name: one, tier: gold}, {name: two, tier: standard}, {name: three, tier: tin}]
                load: [{kind: campaign, tenants: one}]
                """);
        assertThat(run(gold.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith(gold + ": tenants[0].tier: must be one of ")
                                .endsWith(", not gold"),
                        second -> assertThat(second)
                                .startsWith(gold + ": tenants[2].tier: must be one of ")
                                .endsWith(", not tin"));
    }

    @Test
    void whatCannotBeRunIsOneLineAndExitCode2() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(run("scenarios/steady.yaml", "--scale", "NaN")).isEqualTo(2);
        Path addresses = Files.writeString(directory.resolve("addresses.yaml"), """
                name: addresses
                description: {en: x, zh: x}
                stage: {egressAddresses: 2}
                tenants: [{name: one, tier: standard}]
                load: [{kind: campaign, tenants: one}]
                """);
        assertThat(run(addresses.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("see ./sluice load --help"));
        assertThat(err.toString()).contains("name a scenario file", "--scale", "only plan takes more");
    }

    @Test
    void anEngineElsewhereNeedsAKeyAndTakesOneTenantAndNoFaults() {
        assertThat(run("scenarios/steady.yaml", "--engine", "http://127.0.0.1:1"))
                .isEqualTo(2);
        assertThat(run(
                        "scenarios/broken-credentials.yaml",
                        "--engine",
                        "http://127.0.0.1:1",
                        "--key",
                        KEY,
                        "--channel",
                        "hr"))
                .isEqualTo(2);
        assertThat(run("scenarios/steady.yaml", "--engine", "127.0.0.1:1", "--key", KEY, "--channel", "hr"))
                .isEqualTo(2);
        assertThat(run("scenarios/steady.yaml", "--engine", "http://127.0.0.1:1", "--key", KEY))
                .isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(4).noneMatch(line -> line.contains(KEY));
        assertThat(err.toString())
                .contains("needs its send key", "one tenant", "must be a URL such as", "needs --channel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--key", "--channel", "--people-prefix"})
    void whatBelongsToAnEngineElsewhereIsRefusedWithoutOne(String option) {
        assertThat(run("scenarios/steady.yaml", option, KEY)).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .isEqualTo(option + ": belongs to --engine; see ./sluice load --help");
    }

    @Test
    void whatWasTypedIsRepeatedWithoutControlCharacters() {
        assertThat(run("\u001b[2J.yaml", "--scale", "\u001b[2J")).isEqualTo(2);
        assertThat(run("\u001b[2J.yaml")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(2).noneMatch(line -> line.contains("\u001b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a_b:8080",
                "http://a b",
                "http://127.0.0.1:65536",
                "http://[::1",
                "http://:80",
                "ftp://127.0.0.1",
                "http://127.0.0.1:1/v1"
            })
    void anAddressThatNobodyCanCallIsOneLineAndExitCode2(String engine) {
        assertThat(run("scenarios/steady.yaml", "--engine", engine, "--key", KEY, "--channel", "hr"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .isEqualTo("--engine: must be a URL such as http://127.0.0.1:8080; see ./sluice load --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", " x", "\u00e9", "\u0000"})
    void aKeyThatNoHeaderCanCarryIsNotShown(String odd) throws IOException {
        String nobody = "http://127.0.0.1:" + LoopbackPort.free();
        assertThat(run("scenarios/steady.yaml", "--engine", nobody, "--key", KEY + odd, "--channel", "hr"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("--key: a key is not empty")
                .doesNotContain(KEY);
    }

    @Test
    void anEngineThatIsNotThereIsSaidBeforeAnythingIsSent() throws IOException {
        String nobody = "http://127.0.0.1:" + LoopbackPort.free();
        assertThat(run("scenarios/steady.yaml", "--engine", nobody, "--key", KEY, "--channel", "hr"))
                .isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("nobody answers at " + nobody);
    }

    private int run(String... arguments) {
        String[] whole = new String[arguments.length + 1];
        whole[0] = "load";
        System.arraycopy(arguments, 0, whole, 1, arguments.length);
        return execute(whole);
    }

    private int execute(String... arguments) {
        CommandLine line = SluiceMain.commandLine();
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
