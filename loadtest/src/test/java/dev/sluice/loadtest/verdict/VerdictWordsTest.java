package dev.sluice.loadtest.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.chart.Label;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is found and what it must be, as it is said of runs that are good, broken, disturbed, small, large or elsewhere. */
class VerdictWordsTest {
    /** All but units and what the platform itself calls a limit. */
    private static final Pattern ENGLISH = Pattern.compile("\\b(?!p99\\b|ms\\b|QPS\\b)[A-Za-z]\\w*");

    private static final Pattern NUMBER = Pattern.compile("\\d([\\d.,]*\\d)?");
    private static final Snapshot.Latencies NONE = new Snapshot.Latencies(0, 0, 0, 0, 0);

    @Test
    void inChineseNoEnglishIsLeftAndEveryNumberIsTheSame() {
        assertThat(everyWording()).isNotEmpty().allSatisfy(words -> {
            assertThat(words.chinese()).doesNotContainPattern(ENGLISH);
            assertThat(numbers(words.chinese())).containsExactlyInAnyOrderElementsOf(numbers(words.english()));
        });
    }

    private static List<Label> everyWording() {
        Verdict elsewhere = Verdict.ofClient(
                List.of(held(), organisation(8)), nothingAccepted().reading(), 3);
        return Stream.concat(runs().map(Verdict::of), Stream.of(elsewhere))
                .flatMap(verdict -> verdict.findings().stream())
                .flatMap(finding -> Stream.of(finding.figure(), finding.bound()))
                .distinct()
                .toList();
    }

    private static Stream<Snapshot> runs() {
        Stream<Snapshot> broken =
                VerdictTest.violations().map(violation -> (Snapshot) violation.get()[1]);
        Stream<Snapshot> others = Stream.of(
                Runs.good(),
                Runs.with(new SeenLoad().disturbed(true)),
                Runs.with(VerdictTest.late(true)),
                Runs.with(held()),
                Runs.with(IntStream.range(0, 9)
                        .mapToObj(VerdictWordsTest::organisation)
                        .toArray(OrganisationReading[]::new)),
                Runs.with(new Snapshot.AddressCalls(1, 0, 20_000)),
                Runs.with(OrganisationReading.Month.unlimited()),
                Runs.with(NONE, nothingAccepted()),
                Runs.with(alone()),
                Runs.with(NONE, boundedSingles()),
                Runs.with(Runs.good().singles(), boundedSingles()));
        return Stream.concat(broken, others);
    }

    /** Nobody was in a hurry: no minute is full, and whoever waits may. */
    private static OrganisationReading held() {
        Map<DeliveryState, Long> states = Map.of(DeliveryState.SENT, 8L, DeliveryState.WAITING, 2L);
        return new OrganisationReading(
                "held",
                List.of(new SubmissionReading("cmp_1", 10, states, states, true, true)),
                8,
                Runs.calls(),
                List.of(),
                new OrganisationReading.PeopleMinute(10, 5_000, 0, 0),
                OrganisationReading.Month.unlimited());
    }

    /** One of many, unlike the others; seven of its contents came at times of their own. */
    private static OrganisationReading organisation(int number) {
        OrganisationReading.Calls calls = new OrganisationReading.Calls(100 + number, 100, 7, 200, 200, 0, 0);
        return Runs.organisation(Runs.submission(), calls, 11 + number, 4_000 + number, 4_960);
    }

    private static SeenLoad nothingAccepted() {
        return new SeenLoad()
                .refused(100)
                .mostRefusedShare(1)
                .accepted(NONE)
                .acceptP99BoundMillis(0)
                .unanswered(100, 0)
                .waiting(0)
                .behaviourUnseen();
    }

    private static SeenLoad alone() {
        return new SeenLoad()
                .waiting(0)
                .strangers(new LoadReading.Strangers(0, 0))
                .during(DuringRun.unseen())
                .behaviourUnseen();
    }

    private static SeenLoad boundedSingles() {
        return new SeenLoad().acceptP99BoundMillis(0).singlesP99BoundMillis(500);
    }

    private static List<String> numbers(String words) {
        return NUMBER.matcher(words).results().map(MatchResult::group).toList();
    }
}
