package dev.sluice.loadtest.verdict;

import static dev.sluice.loadtest.verdict.Figures.NOT_WITH_FAULTS;
import static dev.sluice.loadtest.verdict.Figures.NO_LIMIT;
import static dev.sluice.loadtest.verdict.Figures.all;
import static dev.sluice.loadtest.verdict.Figures.each;
import static dev.sluice.loadtest.verdict.Figures.grouped;
import static dev.sluice.loadtest.verdict.Figures.number;

import dev.sluice.loadtest.chart.Label;
import java.util.Locale;
import java.util.stream.Collectors;

/** How near the limits of the platform were. Pure. */
final class LimitFindings {
    private static final double LEAST_MINUTE_USE = 0.98;
    /** As wide as a terminal bears. */
    private static final int MOST_CODES = 3;

    private LimitFindings() {}

    static Finding second(Snapshot run) {
        return Finding.of(
                Promise.SECOND,
                each(
                        run,
                        it -> it.seconds().stream()
                                .map(second -> second.calls() + "/" + second.limit())
                                .collect(Collectors.joining(" ")),
                        LimitFindings::keepsSeconds),
                Label.same("≤ QPS"),
                all(run, LimitFindings::keepsSeconds));
    }

    private static boolean keepsSeconds(OrganisationReading organisation) {
        return organisation.seconds().stream().allMatch(second -> second.calls() <= second.limit());
    }

    /** The people of such a call fail, and one that is made wrongly fails for everybody: nobody is left waiting, and all sums are equal. */
    static Finding refusals(Snapshot.Refusals refusals) {
        if (!refusals.judged()) {
            return new Finding(
                    Promise.REFUSALS,
                    new Label("the platform is not as it comes", "平台设定已改动"),
                    number(0),
                    Finding.Outcome.NOT_JUDGED);
        }
        long calls =
                refusals.codes().values().stream().mapToLong(Long::longValue).sum();
        String codes =
                refusals.codes().keySet().stream().sorted().limit(MOST_CODES).collect(Collectors.joining(" "));
        Label figure = number(calls);
        return Finding.of(
                Promise.REFUSALS,
                calls == 0 ? figure : figure.and(new Label(": %s", "：%s").formatted(codes)),
                number(0),
                calls == 0);
    }

    static Finding address(Snapshot.AddressCalls calls) {
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

    static Finding minute(Snapshot run) {
        return Finding.of(
                Promise.MINUTE,
                each(run, it -> grouped(it.minute().worst()), LimitFindings::keepsMinute),
                Label.same("≤ ").and(each(run, it -> grouped(it.minute().limit()))),
                all(run, LimitFindings::keepsMinute));
    }

    private static boolean keepsMinute(OrganisationReading organisation) {
        return organisation.minute().worst() <= organisation.minute().limit();
    }

    static Finding minuteUse(Snapshot run) {
        Label bound = Label.same("≥ %.0f %%").formatted(LEAST_MINUTE_USE * 100);
        if (all(run, it -> it.minute().fullMinutes() == 0)) {
            return new Finding(
                    Promise.MINUTE_USE, new Label("no full minute", "无满载的分钟"), bound, Finding.Outcome.NOT_JUDGED);
        }
        Label figure = each(
                run,
                it -> it.minute().fullMinutes() == 0
                        ? "-"
                        : String.format(Locale.ROOT, "%.1f %%", 100 * use(it.minute())),
                it -> run.disturbed() || usesMinutes(it));
        if (run.disturbed()) {
            return new Finding(Promise.MINUTE_USE, figure, NOT_WITH_FAULTS, Finding.Outcome.NOT_JUDGED);
        }
        return Finding.of(Promise.MINUTE_USE, figure, bound, all(run, LimitFindings::usesMinutes));
    }

    private static boolean usesMinutes(OrganisationReading organisation) {
        return organisation.minute().fullMinutes() == 0 || use(organisation.minute()) >= LEAST_MINUTE_USE;
    }

    private static double use(OrganisationReading.PeopleMinute minute) {
        return (double) minute.peopleInThem() / (minute.limit() * minute.fullMinutes());
    }
}
