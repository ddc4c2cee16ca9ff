package dev.sluice.loadtest.verdict;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.chart.Label;
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

    private static final Label EQUAL = new Label("equal", "相等");
    private static final Label ROWS_NOT_SEEN = new Label("; rows not seen", "；未见数据库");
    private static final Label ALL_ARRIVE = new Label("all arrive", "全部到达");
    private static final Label NO_LIMIT = new Label("no limit", "无限额");
    private static final Label NO_BULK = new Label("no bulk in a month with a limit", "有限额的月份里没有群发");
    private static final Label NOT_WITH_FAULTS = new Label("not with faults", "有故障时不核对");

    public Verdict {
        findings = List.copyOf(findings);
    }

    /** Checks everything. */
    public static Verdict of(Snapshot run) {
        List<Finding> findings = new ArrayList<>(List.of(
                accepted(run, EQUAL),
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
                month(run),
                reserve(run),
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
                asFarAsKnown(accepted(run, EQUAL.and(ROWS_NOT_SEEN)), unknownPeople),
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
                        finding.figure()
                                .and(new Label(", beside %,d not known", "，另有 %,d 人未知").formatted(unknownPeople)),
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
                        language.say("invariant", "不变式"),
                        language.say("found", "实测"),
                        language.say("bound", "界限"),
                        language.say("verdict", "结论"));
        for (Finding finding : findings) {
            table.row(
                    finding.promise().title().wordsIn(language),
                    finding.promise().invariants().stream().map(Invariant::name).collect(Collectors.joining(" ")),
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

    private static Finding accepted(Snapshot run, Label bound) {
        long wrong = run.organisations().stream()
                .flatMap(organisation -> organisation.submissions().stream())
                .filter(submission -> !submission.agrees())
                .count();
        Label figure = each(run, it -> grouped(it.accepted()));
        return wrong == 0
                ? Finding.of(Promise.ACCEPTED, figure, bound, true)
                : Finding.of(
                        Promise.ACCEPTED,
                        figure.and(new Label("; %d submissions differ", "；%d 个提交不一致").formatted(wrong)),
                        bound,
                        false);
    }

    private static Finding settled(Snapshot run) {
        long open = total(run, it -> it.waiting(SubmissionReading::late));
        long held = total(run, it -> it.waiting(SubmissionReading::held));
        Label beside = new Label(", beside %,d held as expected", "，另有 %,d 人按预期保留").formatted(held);
        Label figure = held == 0 ? number(open) : number(open).and(beside);
        return Finding.of(Promise.SETTLED, figure, number(0), open == 0);
    }

    private static Finding reached(Snapshot run) {
        return Finding.of(
                Promise.REACHED,
                each(run, it -> grouped(gone(it)) + (gone(it) == it.reached() ? "" : " ≠ " + grouped(it.reached()))),
                EQUAL,
                all(run, it -> gone(it) == it.reached()));
    }

    private static long gone(OrganisationReading organisation) {
        return organisation.in(DeliveryState.SENT) + organisation.in(DeliveryState.DELIVERED);
    }

    private static Finding fill(Snapshot run) {
        Label figure = each(run, it -> it.calls().sent() + "/" + it.calls().least());
        if (run.disturbed()) {
            return new Finding(Promise.FILL, figure, NOT_WITH_FAULTS, Finding.Outcome.NOT_JUDGED);
        }
        Label bound = new Label("fill ≥ %.2f + 1 a minute", "填充率 ≥ %.2f，每分钟另加 1").formatted(LEAST_FILL);
        return Finding.of(Promise.FILL, figure, bound.and(apart(run)), all(run, Verdict::filled));
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
    private static Finding booked(Snapshot run) {
        Label figure = each(
                run,
                it -> it.calls().booked() == it.calls().metered()
                        ? grouped(it.calls().booked())
                        : it.calls().booked() + " ≠ " + it.calls().metered());
        return run.disturbed()
                ? Finding.of(
                        Promise.BOOKED,
                        figure,
                        new Label("≥ metered, ≤ metered + ", "≥ 平台计量，≤ 平台计量 + ")
                                .and(each(run, it -> grouped(it.calls().unsure())))
                                .and(new Label(" unsure", "（存疑）")),
                        all(run, it -> it.calls().bookedWithin()))
                : Finding.of(
                        Promise.BOOKED,
                        figure,
                        EQUAL,
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
                Label.same("≤ QPS"),
                all(run, it -> it.seconds().stream().allMatch(second -> second.calls() <= second.limit())));
    }

    private static Finding address(Snapshot.AddressCalls calls) {
        Label figure = number(calls.most());
        return calls.limit() == 0
                ? new Finding(Promise.ADDRESS, figure, NO_LIMIT, Finding.Outcome.NOT_JUDGED)
                : Finding.of(
                        Promise.ADDRESS,
                        figure,
                        new Label("≤ %,d in any %,d s", "任意 %2$,d 秒内 ≤ %1$,d")
                                .formatted(calls.limit(), calls.windowMillis() / 1_000),
                        calls.most() <= calls.limit());
    }

    private static Finding minute(Snapshot run) {
        return Finding.of(
                Promise.MINUTE,
                each(run, it -> grouped(it.minute().worst())),
                Label.same("≤ ").and(each(run, it -> grouped(it.minute().limit()))),
                all(run, it -> it.minute().worst() <= it.minute().limit()));
    }

    private static Finding minuteUse(Snapshot run) {
        Label bound = Label.same("≥ %.0f %%").formatted(LEAST_MINUTE_USE * 100);
        if (all(run, it -> it.minute().fullMinutes() == 0)) {
            return new Finding(
                    Promise.MINUTE_USE, new Label("no full minute", "无满载的分钟"), bound, Finding.Outcome.NOT_JUDGED);
        }
        Label figure = each(
                run,
                it -> it.minute().fullMinutes() == 0
                        ? "-"
                        : String.format(Locale.ROOT, "%.1f %%", 100 * use(it.minute())));
        if (run.disturbed()) {
            return new Finding(Promise.MINUTE_USE, figure, NOT_WITH_FAULTS, Finding.Outcome.NOT_JUDGED);
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

    /** Who passes the month is refused by the platform, or pays for it. */
    private static Finding month(Snapshot run) {
        if (all(run, it -> it.month().silent())) {
            return new Finding(Promise.MONTH, NO_LIMIT, NO_LIMIT, Finding.Outcome.NOT_JUDGED);
        }
        long refused = total(run, it -> it.month().refused());
        Label units = each(run, it -> units(it.month().units()));
        return Finding.of(
                Promise.MONTH,
                refused == 0 ? units : units.and(new Label("; %,d calls refused", "；%,d 次调用被拒").formatted(refused)),
                new Label("≤ granted, none refused", "≤ 授予额度，且无一被拒"),
                all(run, it -> it.month().kept()));
    }

    /** What bulk may not take is there for the urgent, however much bulk there is. */
    private static Finding reserve(Snapshot run) {
        Label bound = new Label("≤ granted less the reserve", "≤ 授予额度减去保留份额");
        return all(run, it -> it.month().bulk().isEmpty())
                ? new Finding(Promise.RESERVE, NO_BULK, bound, Finding.Outcome.NOT_JUDGED)
                : Finding.of(
                        Promise.RESERVE,
                        each(run, it -> units(it.month().bulk())),
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

    private static Finding drops(Snapshot.Drops drops) {
        return Finding.of(
                Promise.DROPS,
                Label.same("%,d / %,d / %,d").formatted(drops.predicted(), drops.detected(), drops.missed()),
                new Label("missed 0", "漏掉 0"),
                drops.missed() == 0);
    }

    /** How fast depends on the machine, so only a scenario that asks for it is judged by it; that each arrives does not. */
    private static Finding singles(Snapshot run) {
        Snapshot.Latencies singles = run.singles();
        double boundMillis = run.load().map(LoadReading::singlesP99BoundMillis).orElse(0.0);
        if (singles.sent() + singles.unseen() == 0) {
            return noSingles(boundMillis);
        }
        Label figure = new Label("%.0f / %.0f / %.0f ms, %d sent", "%.0f / %.0f / %.0f ms，发出 %d 条")
                .formatted(singles.p50Millis(), singles.p99Millis(), singles.maxMillis(), singles.sent());
        return boundMillis == 0
                ? Finding.of(Promise.SINGLES, figure, ALL_ARRIVE, singles.unseen() == 0)
                : Finding.of(
                        Promise.SINGLES,
                        figure,
                        ALL_ARRIVE.and(new Label(", ", "，")).and(p99(boundMillis)),
                        singles.unseen() == 0 && singles.p99Millis() <= boundMillis);
    }

    /** Where several sends have one content nobody can tell which of them a call carried; who asks for their time all the same has asked for too much. */
    private static Finding noSingles(double boundMillis) {
        Label figure = new Label("none with a content of its own", "没有内容独有的单发");
        return boundMillis == 0
                ? new Finding(Promise.SINGLES, figure, ALL_ARRIVE, Finding.Outcome.NOT_JUDGED)
                : Finding.of(Promise.SINGLES, figure, p99(boundMillis), false);
    }

    private static Label p99(double boundMillis) {
        return Label.same("p99 ≤ %,.0f ms").formatted(boundMillis);
    }

    /** Of what must not be. */
    static Finding count(Promise promise, long found) {
        return Finding.of(promise, number(found), number(0), found == 0);
    }

    private static long total(Snapshot run, ToLongFunction<OrganisationReading> figure) {
        return run.organisations().stream().mapToLong(figure).sum();
    }

    private static boolean all(Snapshot run, Predicate<OrganisationReading> holds) {
        return run.organisations().stream().allMatch(holds);
    }

    /** One figure when all organisations have the same, else one for each; of many organisations, some. */
    private static Label each(Snapshot run, Function<OrganisationReading, String> figure) {
        List<String> figures = run.organisations().stream().map(figure).toList();
        List<String> distinct = figures.stream().distinct().toList();
        if (distinct.size() == 1) {
            return Label.same(distinct.getFirst());
        }
        if (figures.size() <= MOST_FIGURES) {
            return Label.same(String.join(" · ", figures));
        }
        return Label.same(String.join(" · ", distinct.subList(0, Math.min(MOST_FIGURES, distinct.size()))))
                .and(new Label(" ... (%d organisations)", " ……（%d 个组织）").formatted(figures.size()));
    }

    /** A number alone reads the same in both languages. */
    static Label number(long value) {
        return Label.same(grouped(value));
    }

    private static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
