package dev.sluice.loadtest.verdict;

import dev.sluice.loadtest.chart.Label;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The words and sums that findings are made of. Pure. */
final class Figures {
    static final Label EQUAL = new Label("equal", "相等");
    static final Label NO_LIMIT = new Label("no limit", "无限额");
    static final Label NOT_WITH_FAULTS = new Label("not with faults", "有故障时不核对");

    /** As wide as a terminal bears. */
    private static final int MOST_FIGURES = 4;

    private Figures() {}

    /** Of what must not be. */
    static Finding count(Promise promise, long found) {
        return Finding.of(promise, number(found), number(0), found == 0);
    }

    static long total(Snapshot run, ToLongFunction<OrganisationReading> figure) {
        return run.organisations().stream().mapToLong(figure).sum();
    }

    static boolean all(Snapshot run, Predicate<OrganisationReading> holds) {
        return run.organisations().stream().allMatch(holds);
    }

    /** One figure when all organisations have the same, else one for each; of many organisations, some. */
    static Label each(Snapshot run, Function<OrganisationReading, String> figure) {
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

    /** The same of a promise: of many organisations those that break it, by name, since nobody finds one among thousands that keep it. */
    static Label each(
            Snapshot run, Function<OrganisationReading, String> figure, Predicate<OrganisationReading> holds) {
        List<OrganisationReading> broken =
                run.organisations().stream().filter(holds.negate()).toList();
        if (broken.isEmpty() || run.organisations().size() <= MOST_FIGURES) {
            return each(run, figure);
        }
        String first = broken.stream()
                .limit(MOST_FIGURES)
                .map(organisation -> organisation.name() + " " + figure.apply(organisation))
                .collect(Collectors.joining(" · "));
        return Label.same(first)
                .and(new Label("; %,d of %,d organisations", "；%2$,d 个组织中有 %1$,d 个")
                        .formatted(broken.size(), run.organisations().size()));
    }

    /** A number alone reads the same in both languages. */
    static Label number(long value) {
        return Label.same(grouped(value));
    }

    static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
