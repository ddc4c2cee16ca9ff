package dev.sluice.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.engine.directory.ChannelEntry.QuietHours;
import dev.sluice.engine.model.PriorityClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioFileTest {
    private static final String SMALL = """
            name: small
            description: {en: Small., zh: 小。}
            tenants:
              - {name: one, tier: standard, people: 100, monthSpent: 0.9}
              - {name: many, count: 50, tier: standard, people: 100}
            load:
              - {kind: campaign, tenants: one, people: 100}
              - {kind: campaign, tenants: many, people: 80}
              - {kind: singles, tenants: many, untilSeconds: 10, perSecond: 5}
            """;

    private static final String CONTENTS = """
            name: contents
            description: {en: x, zh: x}
            tenants: [{name: one, tier: standard, people: 1000}]
            load: [{kind: campaign, tenants: one, people: %d, contents: 12}]
            """;

    static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("scenarios"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedFileCanBeReadAndIsNamedAfterItsScenario(Path file) throws ScenarioInvalid {
        assertThat(file.getFileName().toString())
                .isEqualTo(ScenarioFile.read(file).name() + ".yaml");
    }

    @Test
    void whatIsNotSaidHasADefault() throws ScenarioInvalid {
        Scenario scenario = ScenarioFile.parse(SMALL);
        assertThat(scenario.stage().nodes()).isEqualTo(1);
        assertThat(scenario.load().getFirst().priority()).isEqualTo(PriorityClass.BULK);
        assertThat(scenario.load().getLast().priority()).isEqualTo(PriorityClass.TRANSACTIONAL);
        assertThat(scenario.load().getLast().audience().people()).isEqualTo(1);
        assertThat(scenario.loadSeconds()).isEqualTo(10);
    }

    @Test
    void aSmallerScenarioHasFewerTenantsWhereThereAreManyElseFewerPeople() throws ScenarioInvalid {
        Scenario tenth = ScenarioFile.parse(SMALL).scaled(0.1);
        assertThat(tenth.group("one").people()).isEqualTo(10);
        assertThat(tenth.group("one").monthSpent())
                .as("0.99 are bulk's, of which 0.09 are left")
                .isCloseTo(0.981, within(1e-9));
        assertThat(tenth.group("many").count()).isEqualTo(5);
        assertThat(tenth.load()).extracting(one -> one.audience().people()).containsExactly(10, 80, 1);
        assertThat(tenth.load().getLast().timing().perSecond()).isEqualTo(0.5);
    }

    @Test
    void ofAMonthThatIsOverForBulkTheRestIsScaled() throws ScenarioInvalid {
        Scenario urgent = ScenarioFile.parse(SMALL.replace("monthSpent: 0.9", "monthSpent: 0.99"));
        assertThat(urgent.scaled(0.1).group("one").monthSpent()).isCloseTo(0.999, within(1e-9));
        assertThat(urgent.scaled(1_000).group("one").monthSpent()).isZero();
    }

    /** A request of 100 stays one of 100, where a fiftieth of a thousand members would be 20. */
    @Test
    void aTenantKeepsThePeopleWhomOneRequestNames() throws ScenarioInvalid {
        Scenario small = ScenarioFile.parse("""
                name: bulk
                description: {en: x, zh: x}
                tenants: [{name: one, tier: standard, people: 1000}]
                load: [{kind: bulk, tenants: one, untilSeconds: 5, perSecond: 2, people: 100}]
                """).scaled(0.02);
        assertThat(small.load().getFirst().audience().people()).isEqualTo(100);
        assertThat(small.group("one").people()).isEqualTo(100);
    }

    /** A hundredth of 250 people cannot be shared among twelve campaigns. */
    @Test
    void aSmallerCampaignHasNoMoreContentsThanPeople() throws ScenarioInvalid {
        Scenario small = ScenarioFile.parse(CONTENTS.formatted(250)).scaled(0.01);
        assertThat(small.load().getFirst().audience().people()).isEqualTo(3);
        assertThat(small.load().getFirst().contents().count()).isEqualTo(3);
        assertThat(ScenarioRelations.faults(small)).isEmpty();
    }

    @Test
    void campaignsThatShareFewerPeopleThanThereAreOfThemAreRefused() {
        assertFaults(
                CONTENTS.formatted(11),
                "load[0].contents: must not be more than the people, who are shared among them");
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void whatHoldsOfAScenarioHoldsInEverySize(Path file) throws ScenarioInvalid {
        Scenario scenario = ScenarioFile.read(file);
        for (double scale : new double[] {0.0001, 0.013, 0.5, 1, 1.7}) {
            assertThat(ScenarioRelations.faults(scenario.scaled(scale)))
                    .as("%s times %s", file, scale)
                    .isEmpty();
        }
    }

    @Test
    void strangersAreNoReasonForALargerTenantInAnySize() throws ScenarioInvalid {
        Scenario larger = ScenarioFile.parse("""
                name: strangers
                description: {en: x, zh: x}
                tenants: [{name: one, tier: standard, people: 9}]
                load: [{kind: campaign, tenants: one, people: 11, unknownShare: 0.1}]
                """).scaled(100);
        assertThat(ScenarioRelations.faults(larger)).isEmpty();
    }

    @Test
    void allFaultsAreListedAtOnceWithTheirPath() {
        assertFaults(
                """
                name: Wrong Name
                colour: red
                tenants:
                  - {name: one, tier: standard, people: many}
                load:
                  - {kind: campaign, tenants: one, perSecond: 5}
                  - {kind: letters, tenants: one}
                  - {kind: singles, tenants: one, untilSeconds: -1}
                faults:
                  - {kind: flush-redis, node: 1}
                """,
                "name: must be lower case letters, digits and hyphens",
                "description.en: must be a text",
                "description.zh: must be a text",
                "tenants[0].people: must be a whole number from 1 to 100000000, not many",
                "load[0].perSecond: is no key of a load of this kind",
                "load[1].kind: must be one of singles, bulk, campaign",
                "load[2].untilSeconds: must be a number from 0 to 86400, not -1",
                "faults[0].node: is no key of a fault of this kind",
                "colour: is no known key here; known are"
                        + " bounds, description, faults, load, name, search, seed, stage, tenants");
    }

    @Test
    void relationsAreCheckedToo() {
        assertFaults(
                """
                name: relations
                description: {en: x, zh: x}
                tenants:
                  - {name: one, tier: standard, people: 10}
                load:
                  - {kind: campaign, tenants: one, people: 11}
                  - {kind: singles, tenants: two, untilSeconds: 1, perSecond: 1}
                  - {kind: singles, tenants: one, untilSeconds: 1}
                faults:
                  - {kind: kill-node, atSeconds: 1, node: 2}
                  - {kind: platform-slow, forSeconds: 1}
                """,
                "load[0].people: must not be more than the tenant has, without those of unknownShare",
                "load[1].tenants: must name a group of tenants, not two",
                "load[2].perSecond: must be above 0",
                "faults[0].node: there are fewer nodes",
                "faults[0].forSeconds: is needed",
                "faults[1].millis: is needed");
    }

    @Test
    void faultsThatStopTheSameFollowEachOther() throws ScenarioInvalid {
        String scenario = """
                name: x
                description: {en: x, zh: x}
                stage: {nodes: 2}
                tenants: [{name: one, tier: standard}]
                load: [{kind: singles, tenants: one, untilSeconds: 60, perSecond: 1}]
                faults:
                  - {kind: kill-node, atSeconds: 10, node: 1, forSeconds: 10}
                  - {kind: freeze-node, atSeconds: %d, node: 1, forSeconds: 5}
                  - {kind: freeze-node, atSeconds: 10, node: 2, forSeconds: 5}
                  - {kind: kill-postgres, atSeconds: 40, forSeconds: 5}
                  - {kind: restart-postgres, atSeconds: %d, forSeconds: 10}
                  - {kind: platform-slow, atSeconds: 5, forSeconds: 50, millis: 5}
                  - {kind: platform-down, atSeconds: 5, forSeconds: 50}
                """;
        assertThat(ScenarioFile.parse(scenario.formatted(21, 46)).faults()).hasSize(7);
        assertFaults(
                scenario.formatted(20, 30),
                "faults[1]: stops what faults[0] stops, and at the same time: let one end before the other begins",
                "faults[4]: stops what faults[3] stops, and at the same time: let one end before the other begins");
    }

    @Test
    void noGroupIsNamedAsATenantOfAnother() {
        assertFaults("""
                name: x
                description: {en: x, zh: x}
                tenants:
                  - {name: shop, tier: standard, count: 3}
                  - {name: shop-2, tier: standard}
                  - {name: shop-b, tier: standard}
                  - {name: bank, tier: standard}
                  - {name: bank-1, tier: standard}
                load: [{kind: singles, tenants: shop, untilSeconds: 60, perSecond: 1}]
                """, "tenants: shop-2 is what one of several tenants may be called: name it otherwise");
    }

    @Test
    void onlyTenantsWithAppsHaveCredentialsThatEnd() {
        assertFaults(
                """
                name: x
                description: {en: x, zh: x}
                tenants: [{name: group, tier: standard, channel: dingtalk-webhook}]
                load: [{kind: singles, tenants: group, untilSeconds: 60, perSecond: 1}]
                faults: [{kind: revoke-credentials, atSeconds: 10, tenants: group}]
                """,
                "faults[0].tenants: must not send through webhooks, which have no app whose credentials could end");
    }

    @Test
    void quietHoursAreTwoTimesOnThePlatformsClock() throws ScenarioInvalid {
        String quiet = SMALL.replace("monthSpent: 0.9", "quietHours: 22:00-08:30");
        assertThat(ScenarioFile.parse(quiet).scaled(0.1).group("one").quietHours())
                .contains(new QuietHours(LocalTime.of(22, 0), LocalTime.of(8, 30), ZoneId.of("Asia/Shanghai")));
        assertThat(ScenarioFile.parse(quiet).group("many").quietHours()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22:00",
                "22:00-24:00",
                "9:00-10:00",
                "22:00-22:00",
                "22:00 - 08:00",
                "{from: '22:00', until: '08:00'}"
            })
    void otherTimesAreNoQuietHours(String value) {
        assertFaults(
                SMALL.replace("monthSpent: 0.9", "quietHours: " + value),
                "tenants[0].quietHours: must be two different times, as in 22:00-08:00");
    }

    @Test
    void brokenYamlSaysWhere() {
        assertFaults("name: [", "line 1, column 8: expected the node content, but found '<stream end>'");
        assertFaults("just text", "the file must be a mapping: name, description, tenants, load ...");
    }

    @Test
    void aMissingFileIsAFaultToo() {
        assertThatThrownBy(() -> ScenarioFile.read(Path.of("none.yaml")))
                .hasMessage("none.yaml: cannot be read: is it there, a text in UTF-8, and no longer than a megabyte?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!int 'abc'",
                "!!float 'abc'",
                "!!binary '@@@'",
                "!!bool 'abc'",
                "!!str 5",
                "!own 5",
                "!!map [1]"
            })
    void aTagIsRefusedWhereItStands(String value) {
        assertFaults("name: x\nseed: " + value, "line 2, column 7: write the value without a tag such as !!int");
    }

    @Test
    void aValueOfWhichNothingCanBeMadeSaysWhereItStands() {
        assertFaults("seed: 99999999999999999999999999:10", "line 1, column 7: this value cannot be read");
    }

    @Test
    void aKeyWithoutAValueIsNotOneThatIsMissing() {
        assertFaults(
                """
                name:
                description: {en: x, zh: x}
                seed:
                stage: {platformLimits: {a: null}}
                tenants: [{name: one, tier: standard}]
                load: [{kind: campaign, tenants: one}]
                """,
                "name: has no value: give it one, or leave it out",
                "seed: has no value: give it one, or leave it out",
                "name: must be a text",
                "stage.platformLimits.a: has no value: give it one, or leave it out");
    }

    @Test
    void anEmptyNameIsNone() {
        assertFaults("""
                name: ""
                description: {en: x, zh: x}
                tenants: [{name: one, tier: standard}]
                load: [{kind: campaign, tenants: one}]
                """, "name: must be lower case letters, digits and hyphens");
    }

    @Test
    void limitsThatThePlatformCannotHaveAreFaults() {
        assertThatThrownBy(() -> ScenarioFile.parse("""
                        name: limits
                        description: {en: x, zh: x}
                        stage: {platformLimits: {notice: {recipientsPerMinute: null}, none: 5}}
                        tenants: [{name: one, tier: standard}]
                        load: [{kind: campaign, tenants: one}]
                        """))
                .hasMessageContaining("stage.platformLimits: notice.recipientsPerMinute: must be a whole number")
                .hasMessageContaining("stage.platformLimits: none: unknown key");
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void whatIsMeantToBreakAReaderIsOneFault(String yaml) {
        assertThatThrownBy(() -> ScenarioFile.parse(yaml))
                .isInstanceOfSatisfying(
                        ScenarioInvalid.class,
                        invalid -> assertThat(invalid.faults())
                                .singleElement()
                                .asString()
                                .doesNotContainPattern("\\p{Cc}"));
    }

    static List<String> bombs() {
        return List.of(
                "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
                "a: &a {b: *a}",
                "<<: &a {<<: *a}",
                "name: x\nname: y",
                "a: ".repeat(5_000),
                "[".repeat(5_000),
                "{a: ".repeat(5_000),
                "name: \u0000",
                "name: \u001b[2J",
                "--- {}\n--- {}",
                "\t- x",
                "%YAML 9.9\n--- {}",
                "? [a, {b: c}]\n: d\n<<: 5");
    }

    @Test
    void aWrongValueIsNamedInOneLineHoweverLongItIs() {
        String value = "\\n\\e[2J" + "x".repeat(5_000);
        assertThatThrownBy(() -> ScenarioFile.parse("name: x\n\"a\\nb\": 1\nseed: \"%s\"\n".formatted(value)))
                .isInstanceOfSatisfying(
                        ScenarioInvalid.class,
                        invalid -> assertThat(invalid.faults())
                                .anyMatch(fault -> fault.startsWith("seed: must be a whole number"))
                                .anyMatch(fault -> fault.startsWith("a b: is no known key"))
                                .allSatisfy(fault -> assertThat(fault)
                                        .doesNotContainPattern("\\p{Cc}")
                                        .hasSizeLessThan(1_000)));
    }

    @Test
    void anEndlessFileIsNotReadToItsEnd() {
        assertThatThrownBy(() -> ScenarioFile.read(Path.of("/dev/zero")))
                .hasMessageContaining("no longer than a megabyte");
    }

    @Test
    void bytesThatAreNoTextAreAFaultToo(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
        assertThatThrownBy(() -> ScenarioFile.read(file)).hasMessageContaining("a text in UTF-8");
    }

    private static void assertFaults(String yaml, String... faults) {
        assertThatThrownBy(() -> ScenarioFile.parse(yaml))
                .isInstanceOfSatisfying(
                        ScenarioInvalid.class,
                        invalid -> assertThat(invalid.faults()).isEqualTo(List.of(faults)));
    }
}
