package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PlatformMidnight;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.load.stage.LoadStage;
import dev.sluice.loadtest.load.stage.NodeProcess;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.load.tenant.TenantOpening;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.verdict.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./sluice load --engine}: the engine is a process that runs already, and that may be killed. No promise that is judged here is one of time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteRunTest {
    private static final String SCENARIO = """
            name: elsewhere
            description: {en: An engine that runs already., zh: 已在运行的引擎。}
            tenants:
              - {name: one, tier: professional, people: 11000}
            """;

    private static final String SETTLES = SCENARIO + """
            load:
              - {kind: campaign, tenants: one, people: 100, unknownShare: 0.1}
              - {kind: singles, tenants: one, untilSeconds: 2, perSecond: 5}
            bounds: {drainSeconds: 900}
            """;

    private static final String GOES_ON_FOR_A_WHILE = SCENARIO + """
            load:
              - {kind: singles, tenants: one, untilSeconds: 20, perSecond: 3}
            bounds: {drainSeconds: 2}
            """;

    /** No more than 5,000 people a minute: half of them wait for a minute. Who stands in it twice is settled at once. */
    private static final String WAITS_FOR_MINUTES = SCENARIO + """
            load:
              - {kind: campaign, tenants: one, people: 10000, duplicateShare: 0.1}
            bounds: {drainSeconds: 30}
            """;

    /** Each test has a tenant whose limits nobody else uses. */
    private static final String THREE_TENANTS = """
            name: tenants
            description: {en: x, zh: x}
            tenants:
              - {name: one, count: 3, tier: professional, people: 11000}
            load:
              - {kind: campaign, tenants: one}
            """;

    private final List<LoadTenant> unused = new ArrayList<>();
    private LoadStage stage;
    private LoadInvocation load;
    private LoadTenant tenant;

    @BeforeAll
    void startAnEngine() throws IOException, ScenarioInvalid {
        stage = new LoadStage();
        Scenario scenario = ScenarioFile.parse(THREE_TENANTS);
        stage.start(scenario.stage(), scenario.seed(), System.getProperty("java.class.path"));
        unused.addAll(new TenantOpening(stage).open(scenario.tenants()));
    }

    @AfterAll
    void stopIt() {
        stage.close();
    }

    @BeforeEach
    void awayFromMidnight(@TempDir Path directory) {
        PlatformMidnight.avoid();
        if (!engine().isAlive()) {
            engine().start();
            engine().awaitReady();
        }
        tenant = unused.removeFirst();
        load = new LoadInvocation(directory);
    }

    @Test
    void anEngineElsewhereIsAskedFirstAndThenJudgedByItsApi(@TempDir Path another) throws IOException {
        assertThat(run(load, SETTLES)).as(load::said).isZero();
        // 100 people of the campaign and ten of their own.
        assertThat(found(Promise.ACCEPTED)).contains(" 110 ", "rows not seen").endsWith("OK");
        JsonObject report = load.report();
        assertThat(report.getBoolean("kept")).isTrue();
        assertThat(report.getValue("engineAway")).isNull();
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
        assertThat(last(report).getLong("settled"))
                .isEqualTo(last(report).getLong("accepted"))
                .isEqualTo(110);
        assertThat(report.getJsonObject("facts").getString("counts of the engine"))
                .matches("[1-9]\\d*");
        assertThat(report.encode()).doesNotContain(tenant.key());
        assertThat(Files.readString(load.reportFile(".html")))
                .contains("--key ...", "The engine runs elsewhere")
                .doesNotContain(tenant.key());

        LoadInvocation refused = new LoadInvocation(another);
        assertThat(run(refused, SETTLES, "--channel", "none")).isEqualTo(2);
        assertThat(refused.said()).contains("through channel none: There is no channel of this name.");
    }

    @Test
    void whatAnEngineThatStaysAwayDidNotSayIsNotJudgedAndTheExitCodeIs3() throws IOException {
        killWhen("accepted 11,000.* settled [1-9].*");
        assertThat(run(load, WAITS_FOR_MINUTES)).as(load::said).isEqualTo(3);
        assertThat(load.out())
                .containsPattern(
                        "The engine gave no answer from second \\d+ on: the last state of 11,000 of 11,000 people is not known")
                .contains("NOT EVERY PROMISE COULD BE JUDGED");
        assertThat(load.out().lines().filter(line -> line.contains("it is asked again and again")))
                .as("said once, while the run goes on")
                .hasSize(1);
        assertThat(found(Promise.ACCEPTED)).contains("11,000 not known").endsWith("-");
        assertThat(found(Promise.SETTLED)).contains("11,000 not known").endsWith("-");
        assertThat(found(Promise.REFUSED)).endsWith("OK");
        JsonObject report = load.report();
        assertThat(report.getBoolean("kept")).isFalse();
        assertThat(report.getJsonObject("engineAway").getLong("unknownPeople")).isEqualTo(11_000);
        assertThat(report.getJsonObject("states").getLong("SUPPRESSED"))
                .as("what its counts said before")
                .isPositive();
        assertThat(last(report).getLong("settled")).isBetween(1L, 10_999L);
        assertThat(report.getJsonArray("events").getJsonObject(0).getString("text"))
                .isEqualTo("the engine gave no answer");
        assertThat(Files.readString(load.reportFile(".html"))).contains("The engine gave no answer", "引擎自第");
    }

    @Test
    void anEngineThatIsKilledDuringTheLoadRefusedTheRest() throws IOException {
        killWhen("accepted [1-9].*");
        assertThat(run(load, GOES_ON_FOR_A_WHILE)).as(load::said).isEqualTo(1);
        assertThat(load.out()).contains("The engine gave no answer from second", "A PROMISE IS BROKEN");
        assertThat(found(Promise.REFUSED)).endsWith("BROKEN");
        assertThat(found(Promise.ACCEPTED)).contains("not known").endsWith("-");
        assertThat(load.report().getJsonObject("engineAway").getInteger("status"))
                .isZero();
    }

    private static JsonObject last(JsonObject report) {
        JsonArray samples = report.getJsonArray("samples");
        return samples.getJsonObject(samples.size() - 1);
    }

    private NodeProcess engine() {
        return stage.nodes().getFirst();
    }

    private int run(LoadInvocation invocation, String scenario, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--engine",
                engine().sendApi().toString(),
                "--key",
                tenant.key(),
                "--people-prefix",
                tenant.peoplePrefix()));
        arguments.addAll(
                more.length > 0
                        ? List.of(more)
                        : List.of("--channel", tenant.channels().getFirst().name()));
        return invocation.run(scenario, arguments.toArray(String[]::new));
    }

    /** As soon as the command says something. */
    private void killWhen(String said) {
        Thread.ofVirtual().start(() -> {
            Patience.until(
                    Duration.ofMinutes(10), () -> load.out().lines().anyMatch(line -> line.matches(".*" + said)));
            engine().kill();
        });
    }

    private String found(Promise promise) {
        return load.out()
                .lines()
                .filter(line -> line.startsWith(promise.title().english()))
                .findFirst()
                .orElseThrow();
    }
}
