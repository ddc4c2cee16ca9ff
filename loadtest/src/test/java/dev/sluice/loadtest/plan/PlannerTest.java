package dev.sluice.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sluice.engine.channel.dingtalk.AdapterOptions.PeopleScope;
import dev.sluice.engine.model.Limits;
import dev.sluice.loadtest.plan.virtual.MonthBook;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.scenario.StageSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the engine's rules make of loads whose answer can be worked out by hand. */
class PlannerTest {
    private static final Instant NINE = Instant.parse("2026-11-23T01:00:00Z");
    private final Planner planner = new Planner(Tiers.builtIn(), CostModel.measured());

    @Test
    void aCampaignIsHeldByPeopleAMinuteWithoutTheReserve() {
        Outcome outcome = run("tier: standard, people: 20000, receipts: none", "kind: campaign, people: 10000");
        assertThat(outcome.sent()).isEqualTo(10_000);
        // Bulk leaves 1 % to others, so 49 full calls fit into a minute and the 50th does not; two are left for the
        // third.
        assertThat(outcome.lastMicros() / 1e6).isBetween(120.0, 122.0);
        assertThat(outcome.calls()).isEqualTo(100);
        assertThat(Phases.longest(outcome.groups())).startsWith("people-per-minute");
    }

    @Test
    void whoeverHasNotGoneWhenACampaignIsCancelledGoesNoMore() {
        Outcome outcome = run(
                "tier: standard, people: 20000, receipts: none",
                "kind: campaign, people: 20000, cancelAfterSeconds: 90");
        LoadTally campaign = outcome.loads().getFirst();
        // Two minutes have begun by then.
        assertThat(campaign.sent()).isEqualTo(2 * 4_900);
        assertThat(campaign.cancelled()).isEqualTo(20_000 - 2 * 4_900);
        assertThat(campaign.expired()).isZero();
        assertThat(campaign.people()).isEqualTo(20_000);
        assertThat(campaign.endMicros()).hasValue(90_000_000);
    }

    @Test
    void singleSendsWithTheirOwnContentsAreHeldByCallsASecond() {
        Outcome outcome = run(
                "tier: standard, receipts: none", "kind: singles, untilSeconds: 10, perSecond: 40, priority: critical");
        assertThat(outcome.calls()).isEqualTo(400);
        // 400 calls, 20 slots, each free one second and a round trip later.
        assertThat(outcome.lastMicros() / 1e6).isBetween(19.9, 22.0);
        assertThat(Phases.longest(outcome.groups())).startsWith("qps");
    }

    @Test
    void whatWaitsForTheSameContentSharesCalls() {
        Outcome outcome = run(
                "tier: standard, receipts: none, people: 5000",
                "kind: singles, untilSeconds: 10, perSecond: 200, contents: 1, priority: critical");
        assertThat(outcome.sent()).isEqualTo(2_000);
        assertThat(outcome.calls()).isLessThan(300);
    }

    @Test
    void bulkStopsAtTheReserveOfTheMonthAndUrgentMessagesGoOn() {
        Outcome outcome = run(
                "tier: standard, people: 60000, monthSpent: 0.98, receipts: none",
                "kind: campaign, people: 40000",
                "kind: singles, fromSeconds: 1200, untilSeconds: 1210, perSecond: 1");
        LoadTally campaign = outcome.loads().get(0);
        LoadTally singles = outcome.loads().get(1);
        assertThat(singles.endMicros().orElseThrow() / 1e6).isBetween(1_200.0, 1_215.0);
        // 200 calls left, 100 of them the reserve: the rest goes in December.
        assertThat(Instant.ofEpochSecond(
                        NINE.getEpochSecond() + campaign.endMicros().orElseThrow() / 1_000_000))
                .isAfter(Instant.parse("2026-11-30T16:00:00Z"));
        assertThat(campaign.sent()).isEqualTo(40_000);
        assertThat(campaign.waitMillis(100) / 1e3)
                .as("the last of those who came at 0")
                .isCloseTo(campaign.endMicros().orElseThrow() / 1e6, withinPercentage(0.1));
    }

    @Test
    void bulkGetsTheSameShareOfItsCallsOutOfTheMonthInASmallerSize() {
        Scenario scenario = scenario(
                "tier: standard, people: 60000, monthSpent: 0.96, receipts: none", "kind: campaign, people: 60000");
        // 400 calls left, 100 of them the reserve: half of the 600 go in November, of a tenth in size as well.
        for (double scale : new double[] {1, 0.1, 0.5}) {
            Outcome outcome = planner.run(scenario.scaled(scale), NINE, new Variation.AsItStands());
            MonthBook.Month november = outcome.groups().getFirst().tightest().orElseThrow();
            assertThat(november.status().month()).isEqualTo("2026-11-01");
            assertThat(november.status().spent()).as("times %s", scale).isEqualTo(Math.round(300 * scale));
            assertThat(november.status().available()).as("times %s", scale).isEqualTo(100);
        }
    }

    @Test
    void aSingleOfBulkDoesNotWaitWhileACampaignCatchesUpWithWhatTheUrgentGot() {
        Outcome outcome = run(
                "tier: standard, people: 20000, receipts: none",
                "kind: campaign, people: 20000",
                "kind: campaign, people: 10000, fromSeconds: 1, priority: transactional",
                "kind: singles, fromSeconds: 150, untilSeconds: 151, perSecond: 1, priority: bulk");
        // The minute of 120 s is used up when it comes, and it is among the first of the next.
        assertThat(outcome.loads().get(2).waitMillis(100)).isLessThan(40_000);
    }

    @Test
    void theUrgentGoThoughMoreRequestsWaitThanALaneKeepsInMemory() {
        Outcome behindOthers = run(
                "tier: standard, receipts: none",
                "kind: singles, untilSeconds: 60, perSecond: 100, priority: bulk",
                "kind: singles, untilSeconds: 60, perSecond: 1, priority: critical");
        assertThat(behindOthers.loads().get(1).waitMillis(100)).isLessThan(2_500);
        assertThat(behindOthers.sent()).isEqualTo(6_060);
        Outcome behindAMonth = run(
                "tier: standard, monthSpent: 0.99, receipts: none",
                "kind: singles, untilSeconds: 20, perSecond: 100, priority: bulk",
                "kind: singles, fromSeconds: 30, untilSeconds: 60, perSecond: 1, priority: critical");
        assertThat(behindAMonth.loads().get(1).waitMillis(100)).isLessThan(2_500);
        assertThat(behindAMonth.sent()).as("bulk in December").isEqualTo(2_030);
    }

    @Test
    void whoMadeRoomForTheUrgentIsCountedOnce() {
        // Nobody may go in any month: 1,000 of bulk wait in memory, and make room for 500 who are urgent.
        Planner stuck = new Planner(
                Tiers.builtIn().with("none", new Limits(Map.of(Limits.CALLS_PER_MONTH, 0L))), CostModel.measured());
        Outcome outcome = stuck.run(
                scenario(
                        "tier: none, receipts: none",
                        "kind: bulk, untilSeconds: 10, perSecond: 150, people: 3, priority: bulk",
                        "kind: singles, fromSeconds: 20, untilSeconds: 30, perSecond: 50, priority: critical"),
                NINE,
                new Variation.AsItStands());
        assertThat(outcome.loads()).extracting(LoadTally::waiting).containsExactly(4_500L, 500L);
    }

    @Test
    void quietHoursHoldAllButTheCriticalUntilTheyEnd() {
        Instant aMinuteToTen = Instant.parse("2026-11-23T13:59:00Z");
        Outcome outcome = planner.run(
                scenario(
                        "tier: standard, people: 20000, receipts: none, quietHours: 22:00-08:00",
                        "kind: campaign, people: 10000",
                        "kind: singles, fromSeconds: 300, untilSeconds: 310, perSecond: 1",
                        "kind: singles, fromSeconds: 300, untilSeconds: 310, perSecond: 1, priority: critical"),
                aMinuteToTen,
                new Variation.AsItStands());
        double eightOClock = 10 * 3_600 + 60;
        assertThat(outcome.loads().get(0).endMicros().orElseThrow() / 1e6).isBetween(eightOClock, eightOClock + 65);
        assertThat(outcome.loads().get(1).endMicros().orElseThrow() / 1e6).isBetween(eightOClock, eightOClock + 2);
        assertThat(outcome.loads().get(2).waitMillis(100)).isLessThan(1_000);
        assertThat(Phases.longest(outcome.groups())).isEqualTo("quiet hours");
    }

    @Test
    void leastLeftIsOfTheMonthThatWasShortThoughTheNextHasMore() {
        Outcome outcome =
                run("tier: standard, people: 60000, monthSpent: 0.98, receipts: none", "kind: campaign, people: 40000");
        assertThat(outcome.leastLeft()).as("the reserve of November").hasValue(100);
        MonthBook.Month november = outcome.groups().getFirst().tightest().orElseThrow();
        assertThat(november.status().month()).isEqualTo("2026-11-01");
        assertThat(november.passed().getLast().percent()).isEqualTo(95);
    }

    @Test
    void whoCannotBeReachedInTimeExpires() {
        Outcome outcome = run(
                "tier: standard, people: 20000, receipts: none",
                "kind: campaign, people: 10000, deliverWithinSeconds: 90");
        LoadTally campaign = outcome.loads().getFirst();
        assertThat(campaign.sent() + campaign.expired()).isEqualTo(10_000);
        assertThat(campaign.sent()).isEqualTo(9_800);
    }

    @Test
    void whoIsTooLateIsHeldByNothingAnyMoreThoughTheMonthIsSpent() {
        // 200 calls are left, 100 of them the reserve: 10,000 go, and the others have two hours and no call.
        Outcome outcome = run(
                "tier: standard, people: 60000, monthSpent: 0.98, receipts: none",
                "kind: campaign, people: 40000, deliverWithinSeconds: 7200");
        LoadTally campaign = outcome.loads().getFirst();
        assertThat(campaign.sent()).isEqualTo(10_000);
        assertThat(campaign.expired()).isEqualTo(30_000);
        assertThat(outcome.lastMicros() / 1e6).isEqualTo(7_200);
        assertThat(outcome.groups().getFirst().timeline().endMicros() / 1e6)
                .as("when the month held somebody last")
                .isEqualTo(7_200);
    }

    @Test
    void whoComesWhileMoreAreHeldThanALaneKeepsInMemoryIsTooLateInTimeToo() {
        Outcome outcome = planner.run(
                scenario(
                        "tier: standard, people: 20000, receipts: none, quietHours: 08:00-20:00",
                        "kind: bulk, untilSeconds: 100, perSecond: 20, people: 3, priority: bulk, deliverWithinSeconds: 3600"),
                NINE,
                new Variation.AsItStands());
        assertThat(outcome.loads().getFirst().expired()).isEqualTo(6_000);
        assertThat(outcome.lastMicros() / 1e6).isBetween(3_690.0, 3_700.0);
        assertThat(outcome.groups().getFirst().timeline().endMicros()).isEqualTo(outcome.lastMicros());
    }

    @Test
    void aCampaignThatTheLimitsAloneMakeTooLateIsRefusedAsTheEngineRefusesItsStart() {
        // 15,000 people take two whole minutes and a part of the third, however idle the channel is.
        Outcome hopeless = run(
                "tier: standard, people: 20000, receipts: none",
                "kind: campaign, fromSeconds: 30, people: 15000, deliverWithinSeconds: 119");
        assertThat(hopeless.calls()).isZero();
        assertThat(hopeless.loads().getFirst().refused()).isEqualTo(15_000);
        assertThat(hopeless.loads().getFirst().expired())
                .as("none of them in time")
                .isEqualTo(15_000);
        assertThat(hopeless.loads().getFirst().endMicros())
                .as("when it was to start")
                .hasValue(30_000_000);
        Outcome promised = run(
                "tier: standard, people: 20000, receipts: none",
                "kind: campaign, fromSeconds: 30, people: 15000, deliverWithinSeconds: 120");
        assertThat(promised.refused()).isZero();
        assertThat(promised.sent()).as("as far as the reserve lets them").isEqualTo(9_800);
    }

    @Test
    void aRequestThatCallsASecondAloneMakeTooLateIsRefused() {
        // Ten people a call and 20 calls a second: 1,000 people are five seconds' work.
        String robots = "tier: standard, channel: dingtalk-robot, peoplePerCall: 10";
        String requests = "kind: bulk, untilSeconds: 50, perSecond: 0.1, people: 1000, deliverWithinSeconds: ";
        assertThat(run(robots, requests + 3).refused()).isEqualTo(5_000);
        assertThat(run(robots, requests + 9).sent()).isEqualTo(5_000);
    }

    @Test
    void aHigherTierTheRobotAndDepartmentsChangeWhatTheyShould() {
        Scenario scenario = scenario("tier: standard, people: 20000, receipts: none", "kind: campaign, people: 20000");
        double asItStands = seconds(planner.run(scenario, NINE, new Variation.AsItStands()));
        assertThat(seconds(planner.run(scenario, NINE, new Variation.OtherTier("enterprise"))))
                .as("people a minute are the same on all tiers")
                .isBetween(asItStands * 0.95, asItStands);
        assertThat(seconds(planner.run(scenario, NINE, new Variation.Robot())))
                .as("20 x 20 people a second, and nobody counts people a minute")
                .isLessThan(asItStands / 3);
        Outcome departments = planner.run(scenario, NINE, new Variation.Departments(1_000));
        assertThat(departments.calls()).isLessThan(30);
        assertThat(departments.sent()).isEqualTo(20_000);
    }

    @Test
    void oneMoreAppTakesItsPartOfACampaignWhereverThereAreAppsAlready() {
        Scenario scenario =
                scenario("tier: standard, apps: 2, people: 20000, receipts: none", "kind: campaign, people: 20000");
        // 4,900 people a minute and app: in the fifth minute through one, in the third through two, in the second
        // through three.
        assertThat(minutes(scenario, new Variation.AsItStands())).isEqualTo(4);
        assertThat(minutes(scenario, new Variation.SplitCampaigns(PeopleScope.APP)))
                .isEqualTo(2);
        assertThat(minutes(scenario, new Variation.OneMoreApp(PeopleScope.APP, true)))
                .isEqualTo(1);
    }

    @Test
    void anUpgradeFindsAsManyCallsGoneAsThereWere() {
        Scenario scenario = scenario(
                "tier: standard, people: 20000, monthSpent: 0.96, receipts: none", "kind: campaign, people: 20000");
        assertThat(planner.run(scenario, NINE, new Variation.OtherTier("professional"))
                        .leastLeft())
                .as("9,600 of 10,000 were gone, of 500,000 no more are")
                .hasValue(500_000 - 9_600 - 200);
    }

    @Test
    void theSameScenarioHasTheSamePlan() {
        Scenario scenario = scenario(
                "tier: standard, count: 3", "kind: singles, untilSeconds: 20, perSecond: 9, arrivals: poisson");
        Outcome once = planner.run(scenario, NINE, new Variation.AsItStands());
        Outcome again = planner.run(scenario, NINE, new Variation.AsItStands());
        assertThat(again.lastMicros()).isEqualTo(once.lastMicros());
        assertThat(again.booked()).isEqualTo(once.booked());
    }

    @Test
    void thousandsOfTenantsBehindOneAddressShareItsCalls() {
        Scenario scenario =
                scenario("tier: standard, count: 1500, people: 1000, receipts: none", "kind: campaign, people: 1000");
        Outcome one = planner.run(scenario, NINE, new Variation.AsItStands());
        assertThat(one.calls()).isEqualTo(15_000);
        assertThat(one.peakCallsIn20Seconds()).isLessThanOrEqualTo(10_000);
        assertThat(seconds(planner.run(scenario, NINE, new Variation.MoreAddresses(3))))
                .isLessThan(seconds(one));
    }

    @Test
    void anotherAddressTakesHalfOfTheTenantsThoughACampaignGoesThroughTheFirstAppOfEach() {
        Scenario scenario = scenario(
                "tier: standard, count: 1500, apps: 2, people: 1000, receipts: none", "kind: campaign, people: 1000");
        assertThat(seconds(planner.run(scenario, NINE, new Variation.AsItStands())))
                .isGreaterThan(20);
        assertThat(seconds(planner.run(scenario, NINE, new Variation.MoreAddresses(1))))
                .isLessThan(20);
    }

    @Test
    void aLimitThatBindsForASmallPartOfALongPlanHasItsOwnPhase() {
        // 9,900 calls of 49 a minute, 3 hours and a half; then a week without a call; then what is left.
        Outcome outcome = run("tier: standard, people: 1500000, receipts: none", "kind: campaign, people: 1500000");
        List<Phases.Phase> phases = Phases.of(outcome.groups().getFirst(), 1);
        assertThat(phases)
                .extracting(phase -> phase.gate().replaceFirst(":.*", ""))
                .containsExactly("people-per-minute", "month budget", "people-per-minute");
        assertThat(phases.getFirst().toMicros() / 3.6e9).isBetween(3.0, 4.5);
    }

    @Test
    void eachAppAsksForATokenFirstWhichCountsAtTheAddressLikeItsMessage() {
        Outcome crowd = run("tier: standard, count: 11000, receipts: none", "kind: campaign, people: 1");
        assertThat(crowd.calls()).isEqualTo(11_000);
        // 22,000 calls, 10,000 in 20 seconds.
        assertThat(seconds(crowd)).isBetween(40.0, 45.0);
        assertThat(crowd.peakAddressCalls()).isLessThanOrEqualTo(10_000);
        assertThat(Phases.longest(crowd.groups())).startsWith("calls");
    }

    @Test
    void aTokenIsARoundTripBeforeTheFirstMessageAndNoMessageWaitsForItsRenewal() {
        Outcome day = run(
                "tier: standard, receipts: none",
                "kind: singles, untilSeconds: 10, perSecond: 1",
                "kind: singles, fromSeconds: 7100, untilSeconds: 7300, perSecond: 0.1");
        LoadTally first = day.loads().get(0);
        LoadTally later = day.loads().get(1);
        assertThat(day.firstCallMicros() / 1e3).isBetween(20.0, 100.0);
        assertThat(first.waitMillis(100)).isBetween(40L, 200L);
        assertThat(later.waitMillis(100)).as("renewed beside").isLessThan(first.waitMillis(100));
    }

    @Test
    void webhookRobotsNeedNoToken() {
        Outcome groups =
                run("tier: standard, channel: dingtalk-webhook", "kind: singles, untilSeconds: 10, perSecond: 1");
        assertThat(groups.firstCallMicros() / 1e3)
                .as("sooner than a token would be answered")
                .isLessThan(20);
        assertThat(groups.peakAddressCalls()).isEqualTo(groups.peakCallsIn20Seconds());
    }

    @Test
    void whatHeldLongestIsOfAllGroupsAndNotOfTheFirst() {
        Outcome quietAndBusy = run(
                "tier: standard, people: 10, receipts: none}\n  - {name: busy, tier: standard, people: 20000, receipts: none",
                "kind: singles, untilSeconds: 1, perSecond: 1",
                "tenants: busy, kind: campaign, people: 10000");
        assertThat(Phases.longest(quietAndBusy.groups())).startsWith("people-per-minute");
    }

    @Test
    void theAppsOfATenantTakeTurnsWithItsPeople() {
        // A day's contents are counted by app: with one or two the same app comes round to each of the 100.
        for (int apps : List.of(1, 2)) {
            Outcome outcome = run(
                    "tier: standard, people: 100, receipts: none, apps: " + apps,
                    "kind: singles, untilSeconds: 15, perSecond: 10, contents: 1");
            assertThat(outcome.sent()).as("of %d apps", apps).isEqualTo(100);
            assertThat(outcome.loads().getFirst().suppressed())
                    .as("of %d apps", apps)
                    .isEqualTo(50);
        }
    }

    @Test
    void aLimitBindsNoLongerThanThereIsSomethingToSend() {
        Outcome outcome = run("tier: standard, people: 20000, receipts: none", "kind: campaign, people: 10000");
        Phases.Phase last = Phases.of(outcome.groups().getFirst(), 1).getLast();
        assertThat(last.toMicros()).isBetween(outcome.lastMicros() - 1_000_000, outcome.lastMicros());
    }

    @Test
    void requestsGoRoundTheOrganisation() {
        Outcome outcome = run(
                "tier: standard, people: 100, receipts: none",
                "kind: bulk, untilSeconds: 3, perSecond: 1, people: 60, contents: 1");
        assertThat(outcome.sent()).isEqualTo(100);
        assertThat(outcome.loads().getFirst().suppressed()).isEqualTo(80);
        assertThat(outcome.calls())
                .as("the last of a round travel with the first of the next")
                .isEqualTo(2);
    }

    @Test
    void whomThePlatformDoesNotKnowIsSentToThoughTheOrganisationHasFewer() {
        Outcome outcome = run(
                "tier: standard, people: 30, receipts: none",
                "kind: bulk, untilSeconds: 3, perSecond: 1, people: 60, unknownShare: 0.5");
        assertThat(outcome.sent()).isEqualTo(180);
    }

    @Test
    void noChangeChangesWhoSendsWhen() {
        Scenario scenario = scenario(
                "tier: standard, count: 3, people: 500, receipts: none",
                "kind: singles, untilSeconds: 100, perSecond: 9, arrivals: poisson",
                "kind: bulk, untilSeconds: 100, perSecond: 1, people: 5, arrivals: poisson");
        List<Long> asItStands = sentByLoad(scenario, new Variation.AsItStands());
        for (Variation change : List.of(
                new Variation.OneMoreApp(PeopleScope.APP, false),
                new Variation.OtherTier("enterprise"),
                new Variation.Robot(),
                new Variation.MoreAddresses(2),
                new Variation.Boundless())) {
            assertThat(sentByLoad(scenario, change)).as(change.name().english()).isEqualTo(asItStands);
        }
    }

    private List<Long> sentByLoad(Scenario scenario, Variation variation) {
        return planner.run(scenario, NINE, variation).loads().stream()
                .map(LoadTally::sent)
                .toList();
    }

    @Test
    void whoeverIsLeftAtTheEndIsCountedWhetherOrNotTheLaneEverSawThem() {
        Outcome outcome = run(
                "tier: standard, people: 60000, receipts: none",
                "kind: singles, untilSeconds: 1000, perSecond: 60, rampSeconds: 10",
                "kind: singles, untilSeconds: 1000, perSecond: 10, arrivals: poisson");
        LoadTally even = outcome.loads().get(0);
        assertThat(even.waiting()).isPositive();
        assertThat(even.people()).isEqualTo(59_700);
        assertThat(even.endMicros()).isEmpty();
        assertThat(outcome.loads().get(1).people()).isBetween(9_500L, 10_500L);
        assertThat(outcome.waiting()).isEqualTo(outcome.people() - outcome.sent());
    }

    @Test
    void tenantsOfWhomAllAreTooLateAreDoneWhenTheyAre() {
        Planner strict = new Planner(
                Tiers.builtIn().with("spent", new Limits(Map.of(Limits.CALLS_PER_MONTH, 0L))), CostModel.measured());
        Outcome outcome = strict.run(
                scenario(
                        "tier: spent, people: 10, receipts: none",
                        "kind: campaign, people: 10, deliverWithinSeconds: 600"),
                NINE,
                new Variation.AsItStands());
        assertThat(outcome.loads().getFirst().expired()).isEqualTo(10);
        assertThat(outcome.loads().getFirst().tenantsDoneMicros(50)).hasValue(600_000_000);
        assertThat(outcome.lastMicros()).isEqualTo(600_000_000);
    }

    @Test
    void aReceiptThatTheMonthHasNoCallForIsAskedForInTheNextWithinADay() {
        Tiers tiers = Tiers.builtIn().with("few", new Limits(Map.of(Limits.CALLS_PER_MONTH, 100L)));
        Scenario scenario = scenario("tier: few, people: 100", "kind: singles, untilSeconds: 99, perSecond: 1");
        Planner few = new Planner(tiers, CostModel.measured());
        Outcome inTime = few.run(scenario, Instant.parse("2026-11-30T01:00:00Z"), new Variation.AsItStands());
        Outcome tooEarly = few.run(scenario, NINE, new Variation.AsItStands());
        assertThat(inTime.booked()).as("99 calls and their receipts").isEqualTo(198);
        assertThat(tooEarly.sent()).isEqualTo(99);
        assertThat(tooEarly.booked()).isLessThan(198);
    }

    @Test
    void tensOfThousandsOfReceiptsThatMustWaitAreNoWorkMeanwhile() {
        // 60,500 calls are left to bulk: each of 60,000 takes one, and an hour later its receipt finds none.
        StageSpec anHour = new StageSpec(1, new StageSpec.LatencyRange(20, 60), 1, 3_600_000, Map.of());
        Scenario scenario = scenario(
                        "tier: enterprise, people: 100000, monthSpent: 0.979",
                        "kind: singles, untilSeconds: 1000, perSecond: 60, priority: bulk")
                .with(anHour, group -> group);
        Instant aDayBeforeTheEnd = Instant.parse("2026-11-29T17:00:00Z");
        Outcome outcome = assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> planner.run(scenario, aDayBeforeTheEnd, new Variation.AsItStands()));
        assertThat(outcome.sent()).isEqualTo(60_000);
        assertThat(outcome.booked()).isEqualTo(120_000);
    }

    /** That are over when the last one is sent to. */
    private int minutes(Scenario scenario, Variation variation) {
        return (int) (seconds(planner.run(scenario, NINE, variation)) / 60);
    }

    private static double seconds(Outcome outcome) {
        return outcome.lastMicros() / 1e6;
    }

    private Outcome run(String tenants, String... loads) {
        return planner.run(scenario(tenants, loads), NINE, new Variation.AsItStands());
    }

    private static Scenario scenario(String tenants, String... loads) {
        StringBuilder yaml = new StringBuilder("""
                name: test
                description: {en: a test, zh: 测试}
                stage: {nodes: 4, platformLatency: {fromMillis: 20, toMillis: 60}}
                tenants:
                  - {name: t, %s}
                load:
                """.formatted(tenants));
        for (String load : loads) {
            String whose = load.startsWith("tenants: ") ? "" : "tenants: t, ";
            yaml.append("  - {").append(whose).append(load).append("}\n");
        }
        try {
            return ScenarioFile.parse(yaml.toString());
        } catch (ScenarioInvalid wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
