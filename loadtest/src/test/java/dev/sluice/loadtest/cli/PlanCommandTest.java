package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PlanCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void saysWhenItEndsWhatItCostsWhatBindsAndWhatWouldChangeIt() throws IOException {
        assertThat(run("plan", scenario("standard"), "--at", "2026-11-23T11:30", "--lang", "en"))
                .isZero();
        assertThat(out.toString())
                .contains("Lunch is ready.", "11:31:0", "9,940 of 10,000", "people a minute")
                .contains("tier professional", "one more app", "departments", "one-to-one robot", "egress addresses");
    }

    @Test
    void saysHowManyMoreAChangeReachesBeforeADeadline() throws IOException {
        Path late = Files.writeString(directory.resolve("late.yaml"), """
                name: late
                description: {en: x, zh: x}
                tenants: [{name: canteen, tier: standard, people: 14000, receipts: none}]
                load: [{kind: campaign, tenants: canteen, people: 14000, deliverWithinSeconds: 120}]
                """);
        assertThat(run("plan", late.toString(), "--at", "2026-11-23T11:30", "--lang", "en"))
                .isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("as it stands +9,800 .*"))
                .anyMatch(line -> line.matches("one-to-one robot +14,000 .*"));
    }

    @Test
    void speaksChinese() throws IOException {
        assertThat(run("plan", scenario("standard"), "--lang", "zh")).isZero();
        assertThat(out.toString()).contains("开饭了。", "何时受何限制");
    }

    @Test
    void writesPicturesThatNeedNothingElse() throws IOException {
        Path report = directory.resolve("plan.html");
        assertThat(run("plan", scenario("standard"), "--report", report.toString()))
                .isZero();
        assertThat(Files.readString(report))
                .startsWith("<!DOCTYPE html>")
                .contains("<svg", "Lunch is ready.", "开饭了。", "people a minute", "每分钟人数")
                .doesNotContain("src=", "href=");
    }

    @Test
    void plansSizesThatNobodyRuns() {
        assertThat(run("plan", "--tenants", "200", "--people", "1e5", "--lang", "en"))
                .isZero();
        assertThat(out.toString()).contains("100,000", "tenant x 200");
    }

    @Test
    void saysWhatItPlansInTheSizeThatItPlans() {
        assertThat(run("plan", "--tenants", "200", "--people", "999", "--scale", "0.5", "--lang", "en"))
                .isZero();
        assertThat(out.toString()).contains("100 tenants", "5 people each", "500 together", "tenant x 100");
        assertThat(run("plan", "--tenants", "1", "--people", "999", "--lang", "en"))
                .isZero();
        assertThat(out.toString()).contains("A tenant of tier standard sends a campaign to 999 people.");
    }

    @Test
    void whatIsTooLargeIsOneLineAndExitCode2() throws IOException {
        String many = Files.writeString(directory.resolve("many.yaml"), """
                name: many
                description: {en: x, zh: x}
                tenants: [{name: shop, tier: standard, count: 22000, apps: 100}]
                load: [{kind: singles, tenants: shop, untilSeconds: 3600, perSecond: 100}]
                """).toString();
        assertThat(run("plan", many, "--scale", "40", "--no-what-if")).isEqualTo(2);
        assertThat(run("plan", many, "--scale", "39")).isEqualTo(2);
        assertThat(run("plan", many, "--scale", "46")).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("see ./sluice plan --help"));
    }

    @Test
    void noScaleMakesACampaignThatTheSendApiDoesNotTake() throws IOException {
        String lunch = scenario("standard");
        String staff = Files.readString(Path.of(lunch)).replace("6000", "20000");
        Files.writeString(Path.of(lunch), staff);
        assertThat(run("plan", lunch, "--scale", "501")).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith(
                        "--scale: 501.0 is too much: it makes a campaign of 10,020,000 people, and 10,000,000 is the most");
    }

    @Test
    void reckonsWithTheCostsOfAnotherMachine() throws IOException {
        assertThat(run("plan", "--tenants", "200", "--people", "1e5", "--lang", "en"))
                .isZero();
        String here = out.toString();
        String slow = costs("deliveryCpuMicros: {value: 400000, command: by hand, day: 2026-11-22}");
        assertThat(run("plan", "--tenants", "200", "--people", "1e5", "--lang", "en", "--costs", slow))
                .isZero();
        String there = out.toString().substring(here.length());
        assertThat(here).doesNotContain("by hand");
        assertThat(there).contains("by hand").isNotEqualTo(here);
    }

    @Test
    void costsThatCannotBeReadAreOneLineAndExitCode2() throws IOException {
        assertThat(run("plan", scenario("standard"), "--costs", directory.toString()))
                .isEqualTo(2);
        for (String wrong : List.of(
                "callBites: {value: 1}",
                "callBytes: {value: many}",
                "callBytes: {value: -1}",
                "callBytes: 5",
                "- 5",
                "{")) {
            assertThat(run("plan", scenario("standard"), "--costs", costs(wrong)))
                    .as(wrong)
                    .isEqualTo(2);
        }
        assertThat(err.toString().lines())
                .hasSize(7)
                .allSatisfy(line -> assertThat(line).startsWith("--costs: "));
    }

    private String costs(String line) throws IOException {
        return Files.writeString(directory.resolve("costs.yaml"), line).toString();
    }

    @Test
    void theMorningMailingReachesHalfInTimeAndEverybodyThroughTheRobot() {
        assertThat(run("plan", "scenarios/morning-mailing.yaml", "--lang", "en"))
                .isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("as it stands +[56]\\d\\d,\\d{3} .*"))
                .anyMatch(line -> line.matches("one-to-one robot +1,200,000 .*"));
    }

    @Test
    void aWrongQuestionIsOneLineAndExitCode2() throws IOException {
        assertThat(run("plan")).isEqualTo(2);
        assertThat(run("plan", "--tenants", "5")).isEqualTo(2);
        assertThat(run("plan", "--tenants", "5", "--people", "100", "--tier", "gold"))
                .isEqualTo(2);
        assertThat(run("plan", scenario("standard"), "--tier", "enterprise")).isEqualTo(2);
        assertThat(run("plan", scenario("standard"), "--at", "noon")).isEqualTo(2);
        assertThat(run("plan", scenario("standard"), "--at", "+999999999-12-31T09:00"))
                .isEqualTo(2);
        assertThat(run("plan", scenario("standard"), "--scale", "0")).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(7)
                .allSatisfy(line -> assertThat(line).contains("see ./sluice plan --help"));
    }

    private String scenario(String tier) throws IOException {
        return Files.writeString(directory.resolve("lunch.yaml"), """
                name: lunch
                description: {en: Lunch is ready., zh: 开饭了。}
                tenants: [{name: canteen, tier: %s, people: 6000, receipts: none}]
                load: [{kind: campaign, tenants: canteen, people: 6000}]
                """.formatted(tier))
                .toString();
    }

    private int run(String... arguments) {
        CommandLine line = SluiceMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
