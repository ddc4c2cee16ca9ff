package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PlatformMidnight;
import dev.sluice.engine.time.EngineClock;
import dev.sluice.loadtest.report.SearchJson;
import dev.sluice.loadtest.verdict.Promise;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** Each of three people and one group is told the same four times, since each was asked for four times. */
    private static final String ROBOTS = """
            name: robots
            description: {en: Robots repeat what they are asked to repeat., zh: 机器人按请求重复同一内容。}
            tenants:
              - {name: person, tier: professional, channel: dingtalk-robot, people: 3, receipts: none}
              - {name: group, tier: standard, channel: dingtalk-webhook}
            load:
              - {kind: singles, tenants: person, untilSeconds: 4, perSecond: 3, contents: 1}
              - {kind: singles, tenants: group, untilSeconds: 4, perSecond: 1, contents: 1}
            bounds: {drainSeconds: 900}
            """;

    /** A call could carry all of them. */
    private static final String CALLS_OF_TWO = """
            name: two
            description: {en: A channel puts two people in a call., zh: 通道每次调用只含两人。}
            tenants:
              - {name: one, tier: standard, people: 60, peoplePerCall: 2, receipts: none}
            load:
              - {kind: campaign, tenants: one, people: 60}
            bounds: {drainSeconds: 900}
            """;

    /** A node that has just started lets its first call go after some seconds. Forty people a second go then, long after what a call may take that was on its way. */
    private static final String A_CAMPAIGN_IS_CANCELLED = """
            name: cancelled
            description: {en: A campaign is cancelled., zh: 群发中途取消。}
            tenants:
              - {name: one, tier: standard, people: 800, peoplePerCall: 2, receipts: none}
            load:
              - {kind: campaign, tenants: one, people: 800, cancelAfterSeconds: 6}
            bounds: {drainSeconds: 900}
            """;

    /** Others spent the whole month before, each group's own; nobody may go until the next but where nothing limits webhooks. */
    private static final String THE_MONTH_IS_SPENT = """
            name: spent
            description: {en: Nothing is left of the month., zh: 本月额度已用完。}
            tenants:
              - {name: one, tier: standard, people: 50, monthSpent: 1}
              - {name: group, tier: standard, channel: dingtalk-webhook, monthSpent: 1}
              - {name: free, tier: professional, channel: dingtalk-webhook, monthSpent: 1}
            load:
              - {kind: campaign, tenants: one, people: 50, expect: held}
              - {kind: singles, tenants: one, untilSeconds: 4, perSecond: 2, expect: held}
              - {kind: singles, tenants: group, untilSeconds: 4, perSecond: 1, expect: held}
              - {kind: singles, tenants: free, untilSeconds: 4, perSecond: 1}
            bounds: {drainSeconds: 900}
            """;

    /** Of the 10,000 calls of the month 120 are left, and 100 of them only for the urgent. */
    private static final String THE_RESERVE_IS_LEFT = """
            name: reserve
            description: {en: Bulk leaves the reserve to the urgent., zh: 群发为紧急消息留下保留额度。}
            tenants:
              - {name: one, tier: standard, people: 40, monthSpent: 0.988, receipts: none}
            load:
              - {kind: bulk, tenants: one, untilSeconds: 4, perSecond: 10, people: 2, priority: bulk, expect: held}
              - {kind: singles, tenants: one, fromSeconds: 6, untilSeconds: 10, perSecond: 2}
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

    private LoadInvocation load;

    @BeforeEach
    void awayFromMidnight(@TempDir Path directory) {
        PlatformMidnight.avoid();
        load = new LoadInvocation(directory);
    }

    @Test
    void everybodyIsAccountedForAlthoughANodeIsKilled() throws IOException {
        assertThat(load.run(A_NODE_IS_KILLED)).as(load::said).isZero();
        assertThat(load.out()).contains("Every promise was kept.").doesNotContain("BROKEN");
        // Of each of four tenants one message, of one a campaign as well, which nobody else finds in a list.
        assertThat(lineOf(Promise.HIDDEN)).contains(" 31 of 31 asked ").endsWith("OK");
        assertThat(lineOf(Promise.BOUNDED))
                .containsPattern(" \\d+ of \\d[\\d,]*; heap \\d+ % ")
                .endsWith("OK");
        JsonObject report = load.report();
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
        assertThat(load.run(THE_PLATFORM_IS_STRICTER)).as(load::said).isEqualTo(1);
        assertThat(load.out()).contains("A PROMISE IS BROKEN");
        // What no answer of the platform tells: its ledger does.
        List.of(Promise.REACHED, Promise.MINUTE, Promise.NOT_CAUSED, Promise.DROPS)
                .forEach(promise -> assertThat(load.out().lines())
                        .filteredOn(line -> line.startsWith(promise.title().english()))
                        .as(promise.name())
                        .singleElement()
                        .asString()
                        .endsWith("BROKEN"));
        assertThat(load.report().getBoolean("kept")).isFalse();
    }

    @Test
    void whatARobotWasAskedToSayAgainIsNoRepeatOfOurs() throws IOException {
        assertThat(load.run(ROBOTS)).as(load::said).isZero();
        assertThat(load.out()).contains("Every promise was kept.");
        assertThat(load.report().getJsonObject("states").getLong("SENT")).isEqualTo(16);
    }

    @Test
    void nothingOfACampaignIsShownAfterItWasCancelled() throws IOException {
        assertThat(load.run(A_CAMPAIGN_IS_CANCELLED)).as(load::said).isZero();
        assertThat(lineOf(Promise.CANCELLED)).contains(" 0 of 1 ").endsWith("OK");
        JsonObject states = load.report().getJsonObject("states");
        assertThat(states.getLong("CANCELLED")).isPositive();
        // On a very slow machine nobody went.
        assertThat(states.getLong("CANCELLED") + states.getLong("SENT", 0L)).isEqualTo(800);
    }

    @Test
    void callsAreCountedAgainstWhatTheirChannelPutsInOne() throws IOException {
        assertThat(load.run(CALLS_OF_TWO)).as(load::said).isZero();
        assertThat(lineOf(Promise.FILL)).contains(" 30/30 ").endsWith("OK");
    }

    @Test
    void whoeverWaitsForTheMonthSaysSoAndUntilWhen() throws IOException {
        assertThat(load.run(THE_MONTH_IS_SPENT)).as(load::said).isZero();
        assertThat(lineOf(Promise.EXPLAINED)).contains("24 of 24 asked").endsWith("OK");
        assertThat(lineOf(Promise.MONTH))
                .contains(" 10,000/10,000 ", " 5,000/5,000 ")
                .endsWith("OK");
        assertThat(load.report().getJsonObject("states").getLong("WAITING")).isEqualTo(62);
        assertThat(load.report().getJsonObject("states").getLong("SENT")).isEqualTo(4);
    }

    @Test
    void bulkStopsAtTheReserveAndTheUrgentGoOn() throws IOException {
        assertThat(load.run(THE_RESERVE_IS_LEFT)).as(load::said).isZero();
        assertThat(lineOf(Promise.COUNTED))
                .containsPattern(" 0 of [1-9]\\d* differ ")
                .endsWith("OK");
        assertThat(lineOf(Promise.RESERVE)).contains(" 9,900/9,900 ").endsWith("OK");
        assertThat(lineOf(Promise.MONTH)).contains(" 9,908/10,000 ").endsWith("OK");
    }

    @Test
    void onlyTheCriticalGoInQuietHours() throws IOException {
        LocalTime now = LocalTime.now(EngineClock.PLATFORM_ZONE).truncatedTo(ChronoUnit.MINUTES);
        assertThat(load.run("""
                name: quiet
                description: {en: Only the critical go in quiet hours., zh: 免打扰时段仅发紧急消息。}
                tenants:
                  - {name: one, tier: standard, people: 40, quietHours: %s-%s}
                load:
                  - {kind: campaign, tenants: one, people: 30, expect: held}
                  - {kind: singles, tenants: one, untilSeconds: 4, perSecond: 2, expect: held}
                  - {kind: singles, tenants: one, untilSeconds: 4, perSecond: 1, priority: critical}
                bounds: {drainSeconds: 900}
                """.formatted(now.minusHours(1), now.plusHours(2))))
                .as(load::said)
                .isZero();
        assertThat(lineOf(Promise.EXPLAINED)).contains(" 20 of 20 asked ").endsWith("OK");
        assertThat(load.report().getJsonObject("states").getLong("WAITING")).isEqualTo(38);
    }

    private String lineOf(Promise promise) {
        return load.out()
                .lines()
                .filter(line -> line.startsWith(promise.title().english()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSearchIsReportedStepByStep() throws IOException {
        int exitCode = load.run(SEARCH);
        JsonObject report = load.report();
        assertThat(report.getString("schema")).isEqualTo(SearchJson.SCHEMA);
        assertThat(report.getJsonArray("steps").getJsonObject(0).getString("turn"))
                .isEqualTo("WARM_UP");
        assertThat(report.getJsonArray("steps")).hasSizeGreaterThan(1);
        assertThat(exitCode).as(load::said).isEqualTo(report.getDouble("highestPerSecond") > 0 ? 0 : 1);
        assertThat(load.out()).contains("The report is in " + load.reportFile(".html"));
    }
}
