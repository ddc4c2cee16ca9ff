package dev.sluice.loadtest.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.terminal.Columns;
import dev.sluice.loadtest.terminal.Language;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictTest {
    private static final Snapshot.Drops NO_DROPS = new Snapshot.Drops(0, 0, 0, 0, 0, 0);

    @Test
    void aGoodRunKeepsEveryPromise() {
        Verdict verdict = Verdict.of(Runs.good());
        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.findings()).extracting(Finding::promise).containsExactly(Promise.values());
        assertThat(verdict.findings()).extracting(Finding::outcome).containsOnly(Finding.Outcome.OK);
        assertThat(verdict.kept()).isEqualTo(new Label("Every promise was kept.", "所有承诺均已兑现。"));
    }

    @Test
    void ofAnEngineElsewhereWhatItDidNotSayIsNotJudged() {
        List<Finding> findings =
                Verdict.ofClient(Runs.good().organisations(), Runs.load(), 3).findings();
        assertThat(findings)
                .extracting(Finding::outcome)
                .containsExactly(
                        Finding.Outcome.NOT_JUDGED, Finding.Outcome.NOT_JUDGED, Finding.Outcome.OK, Finding.Outcome.OK);
        assertThat(findings.getFirst().figure()).isEqualTo(new Label("10, beside 3 not known", "10，另有 3 人未知"));
        assertThat(new Verdict(findings).kept())
                .isEqualTo(new Label(
                        "Every promise was kept. Lines with a dash were not judged: 2.", "所有承诺均已兑现。标“-”的 2 行未作判定。"));
    }

    @Test
    void whatItSaidOfSomeIsBrokenWhateverItDidNotSayOfOthers() {
        OrganisationReading wrong = Runs.organisation(
                SubmissionReading.ofClient("msg_1", 11, Runs.states(7), false), Runs.calls(), 0, 0, 0);
        assertThat(Verdict.ofClient(List.of(wrong), Runs.load(), 3).findings())
                .filteredOn(Finding::broken)
                .extracting(Finding::promise)
                .containsExactly(Promise.ACCEPTED);
    }

    @Test
    void anAcceptanceThatNeverHappenedWasNotFast() {
        LoadReading nothing = new SeenLoad()
                .refused(100)
                .accepted(new Snapshot.Latencies(0, 0, 0, 0, 0))
                .reading();
        assertThat(Verdict.ofClient(List.of(), nothing, 0).findings())
                .filteredOn(finding -> finding.promise() == Promise.PROMPT)
                .extracting(Finding::outcome)
                .containsExactly(Finding.Outcome.NOT_JUDGED);
    }

    static Stream<Arguments> violations() {
        OrganisationReading.Calls calls = Runs.calls();
        return Stream.of(
                broken(Promise.ACCEPTED, submission(9, Runs.states(7), Runs.states(7))),
                broken(Promise.ACCEPTED, submission(10, Runs.states(6), Runs.states(7))),
                broken(Promise.ACCEPTED, submission(10, moved(), Runs.states(7))),
                broken(
                        Promise.STORED,
                        Runs.with(Runs.organisation(
                                new SubmissionReading("cmp_1", 10, Runs.states(7), Runs.states(7), false, false),
                                calls,
                                20,
                                4_990,
                                4_960))),
                broken(Promise.SETTLED, submission(10, waiting(), waiting())),
                broken(Promise.REACHED, submission(11, Runs.states(8), Runs.states(8))),
                broken(Promise.REACHED, Runs.with(doubtful(7))),
                broken(Promise.REACHED, Runs.with(doubtful(10))),
                broken(Promise.ONCE, Runs.with(NO_DROPS, 1, 0, 0, List.of())),
                broken(Promise.FILL, spent(new OrganisationReading.Calls(104, 100, 200, 200, 0))),
                broken(Promise.BOOKED, spent(new OrganisationReading.Calls(100, 100, 199, 200, 0))),
                broken(Promise.BOOKED, spent(new OrganisationReading.Calls(100, 100, 201, 200, 0))),
                broken(Promise.BOOKED, disturbed(poor(204))),
                broken(Promise.RELEASED, spent(new OrganisationReading.Calls(100, 100, 200, 200, 1))),
                broken(Promise.BOOKS, Runs.with(NO_DROPS, 0, 0, 0, List.of("budget api of organisation 1 ..."))),
                broken(Promise.SECOND, Runs.with(Runs.organisation(Runs.submission(), calls, 21, 4_990, 4_960))),
                broken(Promise.ADDRESS, Runs.with(new Snapshot.AddressCalls(10_001, 10_000, 20_000))),
                broken(Promise.MINUTE, Runs.with(Runs.organisation(Runs.submission(), calls, 20, 5_001, 4_960))),
                broken(Promise.MINUTE_USE, Runs.with(Runs.organisation(Runs.submission(), calls, 20, 4_990, 4_899))),
                broken(Promise.MONTH, Runs.with(Runs.month(5_001))),
                broken(
                        Promise.MONTH,
                        Runs.with(new OrganisationReading.Month(Runs.month(1).units(), 1, List.of()))),
                broken(Promise.MONTH, Runs.with(new OrganisationReading.Month(List.of(), 1, List.of()))),
                broken(Promise.RESERVE, Runs.with(Runs.bulk(9_901))),
                broken(Promise.THROTTLED, Runs.with(NO_DROPS, 0, 1, 0, List.of())),
                broken(Promise.REFUSALS, Runs.with(new Snapshot.Refusals(true, Map.of("70004", 2L)))),
                broken(Promise.NOT_CAUSED, Runs.with(new Snapshot.Drops(0, 0, 0, 1, 0, 0), 0, 0, 0, List.of())),
                broken(Promise.DROPS, Runs.with(new Snapshot.Drops(0, 0, 1, 0, 0, 0), 0, 0, 0, List.of())),
                broken(
                        Promise.RECEIPTS,
                        Runs.with(
                                new Snapshot.Drops(0, 0, 0, 0, 0, 0, new Snapshot.Receipts(9, 1)), 0, 0, 0, List.of())),
                broken(Promise.WITH_CAUSE, Runs.with(new Snapshot.Drops(0, 0, 0, 0, 1, 0), 0, 0, 0, List.of())),
                broken(Promise.SINGLES, Runs.with(NO_DROPS, 0, 0, 1, List.of())),
                broken(Promise.REFUSED, Runs.with(load(2, 20, 1, 0, 0, 0))),
                broken(Promise.PROMPT, Runs.with(load(1, 21, 1, 0, 0, 0))),
                broken(Promise.KNOWN, Runs.with(load(1, 20, 2, 0, 0, 0))),
                broken(Promise.COUNTED, Runs.with(seen(Runs.differing(1)))),
                broken(Promise.REPEATED, Runs.with(late(false))),
                broken(Promise.IN_TIME, Runs.with(late(false))),
                broken(Promise.CANCELLED, Runs.with(late(false))),
                broken(Promise.FIRST, Runs.with(late(false))),
                broken(Promise.APART, Runs.with(load(1, 20, 1, 1, 0, 0))),
                broken(Promise.HIDDEN, Runs.with(asked(new LoadReading.Strangers(8, 7)))),
                broken(Promise.EXPLAINED, Runs.with(load(1, 20, 1, 0, 1, 0))),
                broken(Promise.TOLD, Runs.with(late(false))),
                broken(Promise.STAYED, Runs.with(load(1, 20, 1, 0, 0, 1))),
                broken(Promise.BOUNDED, Runs.with(seen(Runs.during(513, 512)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void aPlantedViolationBreaksItsPromise(Promise promise, Snapshot run) {
        Verdict verdict = Verdict.of(run);
        assertThat(verdict.holds()).isFalse();
        assertThat(verdict.findings())
                .filteredOn(Finding::broken)
                .extracting(Finding::promise)
                .contains(promise);
    }

    @Test
    void everyPromiseHasAPlantedViolation() {
        assertThat(violations().map(violation -> violation.get()[0]).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList((Object[]) Promise.values()));
    }

    @Test
    void aRunWithoutAFullMinuteIsNotJudgedByItsUse() {
        OrganisationReading good = Runs.good().organisations().getFirst();
        Snapshot small = Runs.with(new OrganisationReading(
                good.name(),
                good.submissions(),
                good.reached(),
                good.calls(),
                good.seconds(),
                new OrganisationReading.PeopleMinute(10, 5_000, 0, 0),
                good.month()));
        assertThat(Verdict.of(small).holds()).isTrue();
        assertThat(Verdict.of(small).findings())
                .filteredOn(finding -> finding.promise() == Promise.MINUTE_USE)
                .extracting(Finding::outcome)
                .containsExactly(Finding.Outcome.NOT_JUDGED);
    }

    @Test
    void anAddressIsNotJudgedWhereThePlatformDoesNotLimitIt() {
        Verdict verdict = Verdict.of(Runs.with(new Snapshot.AddressCalls(10_001, 0, 20_000)));
        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.findings())
                .filteredOn(finding -> finding.promise() == Promise.ADDRESS)
                .extracting(Finding::outcome)
                .containsExactly(Finding.Outcome.NOT_JUDGED);
    }

    @Test
    void singleSendsThatShareTheirContentsAreNotTimed() {
        Snapshot.Latencies none = new Snapshot.Latencies(0, 0, 0, 0, 0);
        assertThat(singles(Runs.with(none, load(1, 20, 1, 0, 0, 0)))).isEqualTo(Finding.Outcome.NOT_JUDGED);
        assertThat(singles(Runs.with(none, boundedSingles(500)))).isEqualTo(Finding.Outcome.BROKEN);
        assertThat(singles(Runs.with(Runs.good().singles(), boundedSingles(500))))
                .isEqualTo(Finding.Outcome.OK);
    }

    @Test
    void afterADeadlineNothingMayBeShownWhereNothingMadeFaults() {
        assertThat(Verdict.of(Runs.with(late(true))).findings())
                .filteredOn(finding -> finding.promise() == Promise.IN_TIME)
                .extracting(Finding::outcome)
                .containsExactly(Finding.Outcome.NOT_JUDGED);
    }

    static SeenLoad late(boolean disturbed) {
        return new SeenLoad().disturbed(disturbed).misbehaving();
    }

    private static SeenLoad boundedSingles(double p99Millis) {
        return new SeenLoad().singlesP99BoundMillis(p99Millis);
    }

    private static Finding.Outcome singles(Snapshot run) {
        return Verdict.of(run).findings().stream()
                .filter(finding -> finding.promise() == Promise.SINGLES)
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    @Test
    void whereNobodyWaitsNobodyIsAskedWhy() {
        assertThat(Verdict.of(Runs.with(new SeenLoad().waiting(0))).findings())
                .filteredOn(finding -> finding.promise() == Promise.EXPLAINED)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.outcome()).isEqualTo(Finding.Outcome.NOT_JUDGED);
                    assertThat(finding.figure().english()).isEqualTo("nobody was asked");
                });
    }

    @ParameterizedTest
    @CsvSource({"0, '3 of 100'", "2, '3 of 100, 2 without an answer'"})
    void whatGotNoAnswerIsNotSaidToBeRefused(long unanswered, String figure) {
        assertThat(LoadFindings.refused(refused(3, 0.03, unanswered)).figure().english())
                .isEqualTo(figure);
    }

    @Test
    void ofManyOrganisationsThoseThatBreakAPromiseAreNamed() {
        assertThat(booked(shops(1_000, -1)).figure().english())
                .isEqualTo("200 · 201 · 202 · 203 ... (1000 organisations)");
        Finding found = booked(shops(1_000, 777));
        assertThat(found.broken()).isTrue();
        assertThat(found.figure().english()).isEqualTo("shop-777 976 ≠ 977; 1 of 1,000 organisations");
        assertThat(found.figure().chinese()).isEqualTo("shop-777 976 ≠ 977；1,000 个组织中有 1 个");
    }

    private static Finding booked(Snapshot run) {
        return Verdict.of(run).findings().stream()
                .filter(finding -> finding.promise() == Promise.BOOKED)
                .findFirst()
                .orElseThrow();
    }

    /** So many, one of which booked a call less than it made. */
    private static Snapshot shops(int count, int sparing) {
        OrganisationReading good = Runs.good().organisations().getFirst();
        return Runs.with(IntStream.rangeClosed(0, count - 1)
                .mapToObj(number -> new OrganisationReading(
                        "shop-" + number,
                        good.submissions(),
                        good.reached(),
                        new OrganisationReading.Calls(
                                100, 100, 200 + number - (number == sparing ? 1 : 0), 200 + number, 0),
                        good.seconds(),
                        good.minute(),
                        good.month()))
                .toArray(OrganisationReading[]::new));
    }

    /** 100 * 0.29 is less than 29 in doubles. */
    @Test
    void asManyAsAFileLetsBeRefusedMayBe() {
        for (int most = 0; most <= 100; most++) {
            double share = Double.parseDouble("%d.%02d".formatted(most / 100, most % 100));
            assertThat(LoadFindings.refused(refused(most, share, 0)).outcome())
                    .as("%d of 100, of which %s may", most, share)
                    .isEqualTo(Finding.Outcome.OK);
            assertThat(LoadFindings.refused(refused(most + 1, share, 0)).broken())
                    .isTrue();
        }
    }

    /** Of 100 requests. */
    private static LoadReading refused(long refused, double mostRefusedShare, long unanswered) {
        return new SeenLoad()
                .refused(refused)
                .mostRefusedShare(mostRefusedShare)
                .unanswered(unanswered, 0)
                .reading();
    }

    @Test
    void oneTenantAloneHasNobodyToHideFrom() {
        assertThat(Verdict.of(Runs.with(asked(new LoadReading.Strangers(0, 0)))).findings())
                .filteredOn(finding -> finding.promise() == Promise.HIDDEN)
                .extracting(Finding::outcome)
                .containsExactly(Finding.Outcome.NOT_JUDGED);
    }

    private static SeenLoad asked(LoadReading.Strangers strangers) {
        return new SeenLoad().strangers(strangers);
    }

    @Test
    void theFullestQueueIsNamedWithTheHeapBesideIt() {
        assertThat(bounded(Runs.during(512, 512)).figure())
                .isEqualTo(new Label("calls in flight 512 of 512; heap 50 %", "在途调用 512 / 512；堆内存 50 %"));
        assertThat(bounded(Runs.during(1, 512)).figure().english()).startsWith("people files 3 of 16");
        DuringRun idle = new DuringRun(
                0,
                0,
                List.of(new DuringRun.Filled("calls_in_flight", 0, 512)),
                Runs.during(0, 512).heap());
        assertThat(bounded(idle).figure().english()).isEqualTo("calls in flight 0 of 512; heap 50 %");
        assertThat(bounded(DuringRun.unseen()).outcome()).isEqualTo(Finding.Outcome.NOT_JUDGED);
    }

    @Test
    void whereNothingWasUnderWayNoCountersAreCompared() {
        assertThat(during(Promise.COUNTED, DuringRun.unseen()).outcome()).isEqualTo(Finding.Outcome.NOT_JUDGED);
        assertThat(during(Promise.COUNTED, Runs.differing(2)).figure().english())
                .isEqualTo("2 of 40 differ");
    }

    private static Finding bounded(DuringRun during) {
        return during(Promise.BOUNDED, during);
    }

    private static Finding during(Promise promise, DuringRun during) {
        return Verdict.of(Runs.with(seen(during))).findings().stream()
                .filter(finding -> finding.promise() == promise)
                .findFirst()
                .orElseThrow();
    }

    private static SeenLoad seen(DuringRun during) {
        return new SeenLoad().during(during);
    }

    @Test
    void aMonthWithoutLimitsIsNotJudged() {
        assertThat(Verdict.of(Runs.with(OrganisationReading.Month.unlimited())).findings())
                .filteredOn(finding -> Set.of(Promise.MONTH, Promise.RESERVE).contains(finding.promise()))
                .extracting(Finding::outcome)
                .containsExactly(Finding.Outcome.NOT_JUDGED, Finding.Outcome.NOT_JUDGED);
    }

    @Test
    void theWholeMonthMayBeSpent() {
        assertThat(Verdict.of(Runs.with(Runs.month(5_000))).holds()).isTrue();
    }

    @Test
    void aRunWithoutALoadIsNotAskedWhatOnlyALoadHas() {
        assertThat(Verdict.of(Runs.withoutLoad()).findings())
                .extracting(Finding::promise)
                .endsWith(Promise.SINGLES);
    }

    @Test
    void whatMayWaitBreaksNothingWhileItWaits() {
        SubmissionReading held = new SubmissionReading("cmp_1", 10, waiting(), waiting(), true, true);
        Verdict verdict = Verdict.of(Runs.with(new OrganisationReading(
                "held",
                List.of(held),
                7,
                Runs.calls(),
                List.of(),
                new OrganisationReading.PeopleMinute(10, 5_000, 0, 0),
                OrganisationReading.Month.unlimited())));
        assertThat(verdict.holds())
                .as(String.join("\n", verdict.lines(Language.EN)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"8", "9"})
    void whoeverIsInDoubtMayHaveBeenReachedOrNot(long reached) {
        assertThat(Verdict.of(Runs.with(doubtful(reached))).findings())
                .filteredOn(finding -> finding.promise() == Promise.REACHED)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.outcome()).isEqualTo(Finding.Outcome.OK);
                    assertThat(finding.bound().english()).isEqualTo("≤ reached, ≥ reached - 1 in doubt");
                });
    }

    /** Eight of ten people went, and one may have: their load says that some may stay so. */
    private static OrganisationReading doubtful(long reached) {
        Map<DeliveryState, Long> states =
                Map.of(DeliveryState.SENT, 8L, DeliveryState.IN_DOUBT, 1L, DeliveryState.FAILED, 1L);
        return new OrganisationReading(
                "doubtful",
                List.of(new SubmissionReading("msg_1", 10, states, states, true, true)),
                reached,
                Runs.calls(),
                List.of(),
                new OrganisationReading.PeopleMinute(0, 5_000, 0, 0),
                OrganisationReading.Month.unlimited());
    }

    @ParameterizedTest
    @CsvSource({"0, true", "20, true", "19, false"})
    void singleSendsAreJudgedByTheirTimeWhereAScenarioAsksForIt(double boundMillis, boolean holds) {
        Snapshot run = Runs.with(new Snapshot.Latencies(99, 0, 5, 20, 30), boundedSingles(boundMillis));

        assertThat(Verdict.of(run).holds()).isEqualTo(holds);
    }

    @Test
    void withFaultsNoFullBatchesOrMinutesAreAskedFor() {
        assertThat(Verdict.of(poor(200)).holds()).isFalse();
        assertThat(Verdict.of(disturbed(poor(200))).holds()).isTrue();
    }

    @Test
    void withFaultsMoreMayBeBookedByWhatGotNoAnswerButNeverLess() {
        assertThat(Verdict.of(disturbed(poor(203))).holds()).isTrue();
        assertThat(Verdict.of(disturbed(poor(204))).holds()).isFalse();
        assertThat(Verdict.of(disturbed(poor(199))).holds()).isFalse();
    }

    /** Batches and minutes that are not full; 200 calls were metered, and 3 got no answer. */
    private static Snapshot poor(long booked) {
        return Runs.with(Runs.organisation(
                Runs.submission(), new OrganisationReading.Calls(150, 100, 0, booked, 200, 0, 3), 20, 4_990, 1_000));
    }

    private static Snapshot disturbed(Snapshot run) {
        return Runs.with(run, new SeenLoad().disturbed(true));
    }

    private static SeenLoad load(
            long refused, double p99Millis, long found, long foreign, long unexplained, long ended) {
        return new SeenLoad()
                .refused(refused)
                .accepted(new Snapshot.Latencies(99, 0, 5, p99Millis, 30))
                .unanswered(1, found)
                .foreignPeople(foreign)
                .unexplained(unexplained)
                .ownEnds(ended);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void theTableHasARowForEachPromiseAndStraightColumns(Language language) {
        String kept = language.say("OK", "兑现");
        List<String> lines = Verdict.of(Runs.good()).lines(language);
        assertThat(lines).hasSize(1 + Promise.values().length);
        assertThat(lines.stream().skip(1).map(line -> Columns.width(line.substring(0, line.lastIndexOf(kept)))))
                .as("columns before the verdict")
                .containsOnly(Columns.width(lines.get(1)) - Columns.width(kept));
    }

    @Test
    void everyInvariantIsLookedAt() {
        assertThat(Arrays.stream(Promise.values()).flatMap(promise -> promise.invariants().stream()))
                .contains(Invariant.values());
    }

    @Test
    void eachLineSaysAtWhichInvariantItLooks() {
        assertThat(Verdict.of(Runs.good()).lines(Language.EN))
                .anyMatch(line -> line.matches("accepted = sum of states \\(API = rows\\) +I1 I2 +10 .*"))
                .anyMatch(line -> line.matches("nobody got a message twice +I4 +0 .*"));
    }

    private static Arguments broken(Promise promise, Snapshot run) {
        return Arguments.of(promise, run);
    }

    private static Snapshot submission(long accepted, Map<DeliveryState, Long> api, Map<DeliveryState, Long> rows) {
        return Runs.with(Runs.organisation(
                new SubmissionReading("cmp_1", accepted, api, rows, false, true), Runs.calls(), 20, 4_990, 4_960));
    }

    private static Snapshot spent(OrganisationReading.Calls calls) {
        return Runs.with(Runs.organisation(Runs.submission(), calls, 20, 4_990, 4_960));
    }

    /** As many people, one of them in another state. */
    private static Map<DeliveryState, Long> moved() {
        Map<DeliveryState, Long> states = new EnumMap<>(Runs.states(6));
        states.put(DeliveryState.FAILED, 1L);
        return states;
    }

    private static Map<DeliveryState, Long> waiting() {
        Map<DeliveryState, Long> states = new EnumMap<>(Runs.states(6));
        states.put(DeliveryState.WAITING, 1L);
        return states;
    }
}
