package dev.sluice.loadtest.verdict;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The findings of a run, one for each promise. */
public record Verdict(List<Finding> findings) {
    /** At the edge of each minute one batch may have to leave with fewer people than fit, and one more at the end of everything. */
    private static final double LEAST_FILL = 0.99;

    private static final double LEAST_MINUTE_USE = 0.98;
    /** As wide as a terminal bears. */
    private static final int MOST_FIGURES = 4;

    public Verdict {
        findings = List.copyOf(findings);
    }

    /** Checks everything. */
    public static Verdict of(Snapshot run) {
        List<Finding> findings = new ArrayList<>(List.of(
                accepted(run, "equal"),
                settled(run),
                reached(run),
                count(Promise.ONCE, run.shownTwice()),
                fill(run),
                booked(run),
                released(run),
                count(Promise.BOOKS, run.bookFaults().size()),
                second(run),
                address(run.address()),
                minute(run),
                minuteUse(run),
                count(Promise.THROTTLED, run.throttled()),
                count(Promise.NOT_CAUSED, run.drops().caused()),
                drops(run.drops()),
                singles(run)));
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
                new Snapshot.Drops(0, 0, 0, 0),
                0,
                0,
                new Snapshot.Latencies(0, 0, 0, 0, 0),
                List.of(),
                Optional.of(load));
        return new Verdict(List.of(
                asFarAsKnown(accepted(run, "equal; rows not seen"), unknownPeople),
                asFarAsKnown(settled(run), unknownPeople),
                LoadFindings.refused(load),
                LoadFindings.prompt(load)));
    }

    /** What some people broke is broken; that it was kept is only said when all are known. */
    private static Finding asFarAsKnown(Finding finding, long unknownPeople) {
        return unknownPeople == 0 || finding.broken()
                ? finding
                : new Finding(
                        finding.promise(),
                        finding.figure() + ", beside " + number(unknownPeople) + " not known",
                        finding.bound(),
                        Finding.Outcome.NOT_JUDGED);
    }

    /** Whether nothing is broken. */
    public boolean holds() {
        return findings.stream().noneMatch(Finding::broken);
    }

    /** The table for people. */
    public List<String> lines(Language language) {
        Table table = new Table()
                .row(
                        language.say("promise", "承诺"),
                        language.say("found", "实测"),
                        language.say("bound", "界限"),
                        language.say("verdict", "结论"));
        for (Finding finding : findings) {
            table.row(
                    finding.promise().title(language),
                    finding.figure(),
                    finding.bound(),
                    switch (finding.outcome()) {
                        case OK -> "OK";
                        case BROKEN -> "BROKEN";
                        case NOT_JUDGED -> "-";
                    });
        }
        return table.lines();
    }

    private static Finding accepted(Snapshot run, String bound) {
        long wrong = run.organisations().stream()
                .flatMap(organisation -> organisation.submissions().stream())
                .filter(submission -> !submission.agrees())
                .count();
        String figure = each(run, it -> number(it.accepted()));
        return wrong == 0
                ? Finding.of(Promise.ACCEPTED, figure, bound, true)
                : Finding.of(Promise.ACCEPTED, figure + "; " + wrong + " submissions differ", bound, false);
    }

    private static Finding settled(Snapshot run) {
        long open = total(run, it -> it.waiting(SubmissionReading::late));
        long held = total(run, it -> it.waiting(SubmissionReading::held));
        String figure = number(open) + (held == 0 ? "" : ", beside %,d held as expected".formatted(held));
        return Finding.of(Promise.SETTLED, figure, "0", open == 0);
    }

    private static Finding reached(Snapshot run) {
        return Finding.of(
                Promise.REACHED,
                each(run, it -> number(gone(it)) + (gone(it) == it.reached() ? "" : " ≠ " + number(it.reached()))),
                "equal",
                all(run, it -> gone(it) == it.reached()));
    }

    private static long gone(OrganisationReading organisation) {
        return organisation.in(DeliveryState.SENT) + organisation.in(DeliveryState.DELIVERED);
    }

    private static Finding fill(Snapshot run) {
        String figure = each(run, it -> it.calls().sent() + "/" + it.calls().least());
        if (run.disturbed()) {
            return new Finding(Promise.FILL, figure, "not with faults", Finding.Outcome.NOT_JUDGED);
        }
        return Finding.of(
                Promise.FILL, figure, "fill ≥ " + LEAST_FILL + " + 1 a minute" + apart(run), all(run, Verdict::filled));
    }

    private static String apart(Snapshot run) {
        long most = run.organisations().stream()
                .mapToLong(it -> it.calls().apart())
                .max()
                .orElse(0);
        return most == 0 ? "" : " + %,d apart".formatted(most);
    }

    private static boolean filled(OrganisationReading organisation) {
        long edges =
                1 + organisation.minute().fullMinutes() + organisation.calls().apart();
        return (organisation.calls().sent() - edges) * LEAST_FILL
                <= organisation.calls().least();
    }

    /** Each call that got no answer is booked, so with faults it may be more than the platform counted; never less. */
    private static Finding booked(Snapshot run) {
        String figure = each(
                run,
                it -> it.calls().booked() == it.calls().metered()
                        ? number(it.calls().booked())
                        : it.calls().booked() + " ≠ " + it.calls().metered());
        return run.disturbed()
                ? Finding.of(
                        Promise.BOOKED,
                        figure,
                        "≥ metered, with faults",
                        all(run, it -> it.calls().booked() >= it.calls().metered()))
                : Finding.of(
                        Promise.BOOKED,
                        figure,
                        "equal",
                        all(run, it -> it.calls().booked() == it.calls().metered()));
    }

    private static Finding released(Snapshot run) {
        return count(Promise.RELEASED, total(run, it -> it.calls().reserved()));
    }

    private static Finding second(Snapshot run) {
        return Finding.of(
                Promise.SECOND,
                each(
                        run,
                        it -> it.seconds().stream()
                                .map(second -> second.calls() + "/" + second.limit())
                                .collect(Collectors.joining(" "))),
                "≤ QPS",
                all(run, it -> it.seconds().stream().allMatch(second -> second.calls() <= second.limit())));
    }

    private static Finding address(Snapshot.AddressCalls calls) {
        String figure = number(calls.most());
        return calls.limit() == 0
                ? new Finding(Promise.ADDRESS, figure, "no limit", Finding.Outcome.NOT_JUDGED)
                : Finding.of(
                        Promise.ADDRESS,
                        figure,
                        "≤ %,d in any %,d s".formatted(calls.limit(), calls.windowMillis() / 1_000),
                        calls.most() <= calls.limit());
    }

    private static Finding minute(Snapshot run) {
        return Finding.of(
                Promise.MINUTE,
                each(run, it -> number(it.minute().worst())),
                "≤ " + each(run, it -> number(it.minute().limit())),
                all(run, it -> it.minute().worst() <= it.minute().limit()));
    }

    private static Finding minuteUse(Snapshot run) {
        String bound = "≥ %.0f %%".formatted(LEAST_MINUTE_USE * 100);
        if (all(run, it -> it.minute().fullMinutes() == 0)) {
            return new Finding(Promise.MINUTE_USE, "no full minute", bound, Finding.Outcome.NOT_JUDGED);
        }
        String figure = each(
                run,
                it -> it.minute().fullMinutes() == 0
                        ? "-"
                        : String.format(Locale.ROOT, "%.1f %%", 100 * use(it.minute())));
        if (run.disturbed()) {
            return new Finding(Promise.MINUTE_USE, figure, "not with faults", Finding.Outcome.NOT_JUDGED);
        }
        return Finding.of(
                Promise.MINUTE_USE,
                figure,
                bound,
                all(run, it -> it.minute().fullMinutes() == 0 || use(it.minute()) >= LEAST_MINUTE_USE));
    }

    private static double use(OrganisationReading.PeopleMinute minute) {
        return (double) minute.peopleInThem() / (minute.limit() * minute.fullMinutes());
    }

    private static Finding drops(Snapshot.Drops drops) {
        return Finding.of(
                Promise.DROPS,
                number(drops.predicted()) + " / " + number(drops.detected()) + " / " + number(drops.missed()),
                "missed 0",
                drops.missed() == 0);
    }

    /** How fast depends on the machine, so only a scenario that asks for it is judged by it; that each arrives does not. */
    private static Finding singles(Snapshot run) {
        Snapshot.Latencies singles = run.singles();
        double boundMillis = run.load().map(LoadReading::singlesP99BoundMillis).orElse(0.0);
        if (singles.sent() + singles.unseen() == 0) {
            return noSingles(boundMillis);
        }
        String figure = String.format(
                Locale.ROOT,
                "%.0f / %.0f / %.0f ms, %d sent",
                singles.p50Millis(),
                singles.p99Millis(),
                singles.maxMillis(),
                singles.sent());
        return boundMillis == 0
                ? Finding.of(Promise.SINGLES, figure, "all arrive", singles.unseen() == 0)
                : Finding.of(
                        Promise.SINGLES,
                        figure,
                        String.format(Locale.ROOT, "all arrive, p99 ≤ %,.0f ms", boundMillis),
                        singles.unseen() == 0 && singles.p99Millis() <= boundMillis);
    }

    /** Where several sends have one content nobody can tell which of them a call carried; who asks for their time all the same has asked for too much. */
    private static Finding noSingles(double boundMillis) {
        String figure = "none with a content of its own";
        return boundMillis == 0
                ? new Finding(Promise.SINGLES, figure, "all arrive", Finding.Outcome.NOT_JUDGED)
                : Finding.of(Promise.SINGLES, figure, String.format(Locale.ROOT, "p99 ≤ %,.0f ms", boundMillis), false);
    }

    private static Finding count(Promise promise, long found) {
        return Finding.of(promise, number(found), "0", found == 0);
    }

    private static long total(Snapshot run, ToLongFunction<OrganisationReading> figure) {
        return run.organisations().stream().mapToLong(figure).sum();
    }

    private static boolean all(Snapshot run, Predicate<OrganisationReading> holds) {
        return run.organisations().stream().allMatch(holds);
    }

    /** One figure when all organisations have the same, else one for each; of many organisations, some. */
    private static String each(Snapshot run, Function<OrganisationReading, String> figure) {
        List<String> figures = run.organisations().stream().map(figure).toList();
        List<String> distinct = figures.stream().distinct().toList();
        if (distinct.size() == 1) {
            return distinct.getFirst();
        }
        return figures.size() <= MOST_FIGURES
                ? String.join(" · ", figures)
                : String.join(" · ", distinct.subList(0, Math.min(MOST_FIGURES, distinct.size()))) + " ... ("
                        + figures.size() + " organisations)";
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
