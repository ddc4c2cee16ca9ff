package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PlatformMidnight;
import dev.sluice.loadtest.load.stage.LoadStage;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.load.tenant.TenantOpening;
import dev.sluice.loadtest.report.SearchJson;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.verdict.Promise;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./sluice load} as a whole: stores, platform and nodes are processes and sockets of their own. No promise that is judged here is one of time. */
class LoadRunTest {
    private static final String A_NODE_IS_KILLED = """
            name: small
            description: {en: A node is killed while everybody sends., zh: 发送期间强杀一个节点。}
            seed: 20261121
            stage:
              nodes: 2
              receiptAfterMillis: 1000
              platformLatency: {fromMillis: 0, toMillis: 20}
            tenants:
              - {name: one, tier: professional, people: 300}
              - {name: few, count: 3, tier: standard, people: 50}
            load:
              - {kind: campaign, tenants: one, people: 200, duplicateShare: 0.05, unknownShare: 0.05}
              - {kind: singles, tenants: few, untilSeconds: 8, perSecond: 3, arrivals: poisson}
              - {kind: bulk, tenants: one, untilSeconds: 8, perSecond: 0.5, people: 10, contents: 2}
            faults:
              - {kind: kill-node, node: 1, atSeconds: 3, forSeconds: 1}
            bounds: {drainSeconds: 900}
            """;

    /** The engine's profile says 5,000 people a minute; whoever is above what the platform lets through is dropped without a word. */
    private static final String THE_PLATFORM_IS_STRICTER = """
            name: stricter
            description: {en: The platform drops people whom our limits let through., zh: 平台丢弃了我们限额所允许的人。}
            stage:
              platformLimits: {notice: {recipientsPerMinute: 50}}
            tenants:
              - {name: one, tier: professional, people: 200, receipts: none}
            load:
              - {kind: campaign, tenants: one, people: 200}
            bounds: {drainSeconds: 900}
            """;

    private static final String ELSEWHERE = """
            name: elsewhere
            description: {en: An engine that runs already., zh: 已在运行的引擎。}
            tenants:
              - {name: one, tier: professional, people: 200}
            load:
              - {kind: campaign, tenants: one, people: 100, unknownShare: 0.1}
              - {kind: singles, tenants: one, untilSeconds: 2, perSecond: 5}
            bounds: {drainSeconds: 900}
            """;

    /** Its bound is no bound for a machine, however slow. */
    private static final String SEARCH = """
            name: search
            description: {en: The highest rate., zh: 最高速率。}
            tenants:
              - {name: one, tier: professional, people: 200, receipts: none}
            load:
              - {kind: singles, tenants: one, untilSeconds: 1, perSecond: 1, expect: held}
            search: {fromPerSecond: 2, toPerSecond: 4, stepSeconds: 2, p99Millis: 600000}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @BeforeEach
    void awayFromMidnight() {
        PlatformMidnight.avoid();
    }

    @Test
    void everybodyIsAccountedForAlthoughANodeIsKilled() throws IOException {
        assertThat(load(A_NODE_IS_KILLED, "--report", directory.toString()))
                .as(this::said)
                .isZero();
        assertThat(out.toString()).contains("Every promise was kept.").doesNotContain("BROKEN");
        JsonObject report = report();
        assertThat(report.getBoolean("kept")).isTrue();
        assertThat(report.getJsonArray("events").stream())
                .extracting(event -> ((JsonObject) event).getString("text"))
                .containsExactly("kill -9 of node 1", "node 1 starts again");
        JsonObject last = report.getJsonArray("samples")
                .getJsonObject(report.getJsonArray("samples").size() - 1);
        assertThat(last.getLong("settled"))
                .isEqualTo(last.getLong("accepted"))
                .isEqualTo(last.getLong("offered"))
                .isGreaterThan(200);
    }

    @Test
    void aBrokenPromiseIsNamedAndTheExitCodeIs1() throws IOException {
        assertThat(load(THE_PLATFORM_IS_STRICTER, "--report", directory.toString()))
                .as(this::said)
                .isEqualTo(1);
        assertThat(out.toString()).contains("A PROMISE IS BROKEN");
        // What no answer of the platform tells: its ledger does.
        List.of(Promise.REACHED, Promise.MINUTE, Promise.NOT_CAUSED, Promise.DROPS)
                .forEach(promise -> assertThat(out.toString().lines())
                        .filteredOn(line -> line.startsWith(promise.title(Language.EN)))
                        .as(promise.name())
                        .singleElement()
                        .asString()
                        .endsWith("BROKEN"));
        assertThat(report().getBoolean("kept")).isFalse();
    }

    @Test
    void anEngineElsewhereIsAskedFirstAndThenJudgedByItsApi() throws IOException, ScenarioInvalid {
        Scenario scenario = ScenarioFile.parse(ELSEWHERE);
        try (LoadStage stage = new LoadStage()) {
            stage.start(scenario.stage(), scenario.seed(), System.getProperty("java.class.path"));
            LoadTenant tenant =
                    new TenantOpening(stage).open(scenario.tenants()).getFirst();
            String[] there = {
                "--engine", stage.nodes().getFirst().sendApi().toString(),
                "--key", tenant.key(),
                "--people-prefix", tenant.peoplePrefix(),
                "--report", directory.toString(),
                "--channel", tenant.channels().getFirst().name()
            };
            assertThat(load(ELSEWHERE, there)).as(this::said).isZero();
            // 100 people of the campaign and ten of their own.
            assertThat(out.toString().lines())
                    .filteredOn(line -> line.startsWith(Promise.ACCEPTED.title(Language.EN)))
                    .singleElement()
                    .asString()
                    .contains(" 110 ", "rows not seen")
                    .endsWith("OK");
            showsTheClientsSideAndNoKey(tenant);
            there[there.length - 1] = "none";
            assertThat(load(ELSEWHERE, there)).isEqualTo(2);
            assertThat(err.toString()).contains("through channel none: There is no channel of this name.");
        }
    }

    private void showsTheClientsSideAndNoKey(LoadTenant tenant) throws IOException {
        JsonObject report = report();
        assertThat(report.getBoolean("kept")).isTrue();
        assertThat(report.getJsonArray("samples").getJsonObject(0).fieldNames())
                .contains("offered", "accepted", "settled")
                .doesNotContain("shown", "quotaUse", "cpuShare");
        assertThat(report.getJsonObject("states").stream()
                        .mapToLong(state -> (Integer) state.getValue())
                        .sum())
                .isEqualTo(110);
        assertThat(report.getJsonArray("latency").stream())
                .extracting(series -> ((JsonObject) series).getString("name"))
                .contains("singles to 202");
        assertThat(report.encode()).doesNotContain(tenant.key());
        assertThat(Files.readString(reportFile(".html")))
                .contains("--key ...", "The engine runs elsewhere")
                .doesNotContain(tenant.key());
    }

    @Test
    void aSearchIsReportedStepByStep() throws IOException {
        int exitCode = load(SEARCH, "--report", directory.toString());
        JsonObject report = report();
        assertThat(report.getString("schema")).isEqualTo(SearchJson.SCHEMA);
        assertThat(report.getJsonArray("steps").getJsonObject(0).getString("turn"))
                .isEqualTo("WARM_UP");
        assertThat(report.getJsonArray("steps")).hasSizeGreaterThan(1);
        assertThat(exitCode).as(this::said).isEqualTo(report.getDouble("highestPerSecond") > 0 ? 0 : 1);
        assertThat(out.toString()).contains("The report is in " + reportFile(".html"));
    }

    private int load(String scenario, String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("scenario.yaml"), scenario);
        List<String> arguments = new ArrayList<>(List.of("load", file.toString(), "--plain", "--lang", "en"));
        arguments.addAll(List.of(more));
        CommandLine line = SluiceMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments.toArray(String[]::new));
    }

    private JsonObject report() throws IOException {
        return new JsonObject(Files.readString(reportFile(".json")));
    }

    private Path reportFile(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String said() {
        return out + "\n" + err;
    }
}
