package dev.sluice.loadtest.verdict;

import static dev.sluice.loadtest.verdict.Figures.EQUAL;
import static dev.sluice.loadtest.verdict.Figures.NOT_WITH_FAULTS;
import static dev.sluice.loadtest.verdict.Figures.NO_LIMIT;
import static dev.sluice.loadtest.verdict.Figures.all;
import static dev.sluice.loadtest.verdict.Figures.count;
import static dev.sluice.loadtest.verdict.Figures.each;
import static dev.sluice.loadtest.verdict.Figures.grouped;
import static dev.sluice.loadtest.verdict.Figures.total;

import dev.sluice.loadtest.chart.Label;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What calls cost: the month, and the books about it. Pure. */
final class CallFindings {
    /** At the edge of each minute one batch may have to leave with fewer people than fit, and one more at the end of everything. */
    private static final double LEAST_FILL = 0.99;

    private static final Label NO_BULK = new Label("no bulk in a month with a limit", "有限额的月份里没有群发");

    private CallFindings() {}

    static Finding fill(Snapshot run) {
        Label figure =
                each(run, it -> it.calls().sent() + "/" + it.calls().least(), it -> run.disturbed() || filled(it));
        if (run.disturbed()) {
            return new Finding(Promise.FILL, figure, NOT_WITH_FAULTS, Finding.Outcome.NOT_JUDGED);
        }
        Label bound = new Label("fill ≥ %.2f + 1 a minute", "填充率 ≥ %.2f，每分钟另加 1").formatted(LEAST_FILL);
        return Finding.of(Promise.FILL, figure, bound.and(apart(run)), all(run, CallFindings::filled));
    }

    private static Label apart(Snapshot run) {
        long most = run.organisations().stream()
                .mapToLong(it -> it.calls().apart())
                .max()
                .orElse(0);
        return most == 0 ? Label.same("") : new Label(" + %,d apart", "，分开到达另加 %,d").formatted(most);
    }

    private static boolean filled(OrganisationReading organisation) {
        long edges =
                1 + organisation.minute().fullMinutes() + organisation.calls().apart();
        return (organisation.calls().sent() - edges) * LEAST_FILL
                <= organisation.calls().least();
    }

    /** Each call that got no answer is booked, so with faults it may be more than the platform counted, by no more than those; never less. */
    static Finding booked(Snapshot run) {
        Predicate<OrganisationReading> right = run.disturbed()
                ? it -> it.calls().bookedWithin()
                : it -> it.calls().booked() == it.calls().metered();
        Label bound = run.disturbed()
                ? new Label("≥ metered, ≤ metered + ", "≥ 平台计量，≤ 平台计量 + ")
                        .and(each(run, it -> grouped(it.calls().unsure())))
                        .and(new Label(" unsure", "（结果不确定）"))
                : EQUAL;
        return Finding.of(Promise.BOOKED, each(run, CallFindings::booked, right), bound, all(run, right));
    }

    private static String booked(OrganisationReading organisation) {
        OrganisationReading.Calls calls = organisation.calls();
        return calls.booked() == calls.metered() ? grouped(calls.booked()) : calls.booked() + " ≠ " + calls.metered();
    }

    static Finding released(Snapshot run) {
        return count(Promise.RELEASED, total(run, it -> it.calls().reserved()));
    }

    /** Who passes the month is refused by the platform, or pays for it. */
    static Finding month(Snapshot run) {
        if (all(run, it -> it.month().silent())) {
            return new Finding(Promise.MONTH, NO_LIMIT, NO_LIMIT, Finding.Outcome.NOT_JUDGED);
        }
        long refused = total(run, it -> it.month().refused());
        Label units =
                each(run, it -> units(it.month().units()), it -> it.month().kept());
        return Finding.of(
                Promise.MONTH,
                refused == 0 ? units : units.and(new Label("; %,d calls refused", "；%,d 次调用被拒").formatted(refused)),
                new Label("≤ granted, none refused", "≤ 授予额度，且无一被拒"),
                all(run, it -> it.month().kept()));
    }

    /** What bulk may not take is there for the urgent, however much bulk there is. */
    static Finding reserve(Snapshot run) {
        Label bound = new Label("≤ granted less the reserve", "≤ 授予额度减去保留份额");
        return all(run, it -> it.month().bulk().isEmpty())
                ? new Finding(Promise.RESERVE, NO_BULK, bound, Finding.Outcome.NOT_JUDGED)
                : Finding.of(
                        Promise.RESERVE,
                        each(
                                run,
                                it -> units(it.month().bulk()),
                                it -> it.month().reserveKept()),
                        bound,
                        all(run, it -> it.month().reserveKept()));
    }

    private static String units(List<OrganisationReading.MonthUnits> units) {
        return units.isEmpty()
                ? "-"
                : units.stream()
                        .map(one -> grouped(one.taken()) + "/" + grouped(one.granted()))
                        .collect(Collectors.joining(" "));
    }
}
