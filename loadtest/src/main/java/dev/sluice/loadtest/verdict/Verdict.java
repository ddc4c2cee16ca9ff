package dev.sluice.loadtest.verdict;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The findings of a run, one for each promise. */
public record Verdict(List<Finding> findings) {
    public Verdict {
        findings = List.copyOf(findings);
    }

    /** Checks everything. */
    public static Verdict of(Snapshot run) {
        List<Finding> findings = new ArrayList<>(List.of(
                StateFindings.accepted(run, Figures.EQUAL),
                StateFindings.stored(run),
                StateFindings.settled(run),
                StateFindings.reached(run),
                Figures.count(Promise.ONCE, run.shownTwice()),
                CallFindings.fill(run),
                CallFindings.booked(run),
                CallFindings.released(run),
                Figures.count(Promise.BOOKS, run.bookFaults().size()),
                LimitFindings.second(run),
                LimitFindings.address(run.address()),
                LimitFindings.minute(run),
                LimitFindings.minuteUse(run),
                CallFindings.month(run),
                CallFindings.reserve(run),
                Figures.count(Promise.THROTTLED, run.throttled()),
                LimitFindings.refusals(run.refusals()),
                Figures.count(Promise.NOT_CAUSED, run.drops().caused()),
                StateFindings.drops(run.drops()),
                StateFindings.receipts(run.drops().receipts()),
                Figures.count(Promise.WITH_CAUSE, run.drops().causeless()),
                SingleFindings.of(run)));
        run.load().map(LoadFindings::of).ifPresent(findings::addAll);
        return new Verdict(findings);
    }

    /**
     * Checks what can be seen from outside of an engine: no rows, no platform.
     *
     * @param unknownPeople accepted people of whom the engine did not say in the end what became of them; none of them is in a reading
     */
    public static Verdict ofClient(List<OrganisationReading> organisations, LoadReading load, long unknownPeople) {
        Snapshot run = new Snapshot(
                organisations,
                new Snapshot.AddressCalls(0, 0, 0),
                new Snapshot.Drops(0, 0, 0, 0, 0, 0),
                0,
                0,
                new Snapshot.Latencies(0, 0, 0, 0, 0),
                List.of(),
                Optional.of(load),
                Snapshot.Refusals.NOT_JUDGED);
        return new Verdict(List.of(
                asFarAsKnown(StateFindings.accepted(run, StateFindings.EQUAL_BUT_ROWS_NOT_SEEN), unknownPeople),
                asFarAsKnown(StateFindings.settled(run), unknownPeople),
                LoadFindings.refused(load),
                LoadFindings.prompt(load)));
    }

    /** What some people broke is broken; that it was kept is only said when all are known. */
    private static Finding asFarAsKnown(Finding finding, long unknownPeople) {
        return unknownPeople == 0 || finding.broken()
                ? finding
                : new Finding(
                        finding.promise(),
                        finding.figure()
                                .and(new Label(", beside %,d not known", "，另有 %,d 人未知").formatted(unknownPeople)),
                        finding.bound(),
                        Finding.Outcome.NOT_JUDGED);
    }

    /** Whether nothing is broken. */
    public boolean holds() {
        return findings.stream().noneMatch(Finding::broken);
    }

    /** The last word on a run in which nothing is broken. */
    public Label kept() {
        Label kept = new Label("Every promise was kept.", "所有承诺均已兑现。");
        long unjudged = findings.stream()
                .filter(finding -> finding.outcome() == Finding.Outcome.NOT_JUDGED)
                .count();
        return unjudged == 0
                ? kept
                : kept.and(new Label(" Lines with a dash were not judged: %d.", "标“-”的 %d 行未作判定。").formatted(unjudged));
    }

    /** The table for people. */
    public List<String> lines(Language language) {
        Table table = new Table()
                .row(
                        language.say("promise", "承诺"),
                        language.say("invariant", "不变式"),
                        language.say("found", "实测"),
                        language.say("bound", "界限"),
                        language.say("verdict", "结论"));
        for (Finding finding : findings) {
            table.row(
                    finding.promise().title().wordsIn(language),
                    Invariant.names(finding.promise().invariants()),
                    finding.figure().wordsIn(language),
                    finding.bound().wordsIn(language),
                    switch (finding.outcome()) {
                        case OK -> language.say("OK", "兑现");
                        case BROKEN -> language.say("BROKEN", "未兑现");
                        case NOT_JUDGED -> "-";
                    });
        }
        return table.lines();
    }
}
