package dev.sluice.loadtest.verdict;

import static dev.sluice.loadtest.verdict.Figures.EQUAL;
import static dev.sluice.loadtest.verdict.Figures.all;
import static dev.sluice.loadtest.verdict.Figures.each;
import static dev.sluice.loadtest.verdict.Figures.grouped;
import static dev.sluice.loadtest.verdict.Figures.number;
import static dev.sluice.loadtest.verdict.Figures.total;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.chart.Label;

/** Where everybody is who was accepted. Pure. */
final class StateFindings {
    static final Label EQUAL_BUT_ROWS_NOT_SEEN = EQUAL.and(new Label("; rows not seen", "；未见数据库"));

    private StateFindings() {}

    static Finding accepted(Snapshot run, Label bound) {
        long wrong =
                run.organisations().stream().mapToLong(StateFindings::differing).sum();
        Label figure = each(run, it -> grouped(it.accepted()), it -> differing(it) == 0);
        return wrong == 0
                ? Finding.of(Promise.ACCEPTED, figure, bound, true)
                : Finding.of(
                        Promise.ACCEPTED,
                        figure.and(new Label("; %d submissions differ", "；%d 个提交不一致").formatted(wrong)),
                        bound,
                        false);
    }

    private static long differing(OrganisationReading organisation) {
        return organisation.submissions().stream()
                .filter(submission -> !submission.agrees())
                .count();
    }

    /** Who is there twice may stand for one who is not there, and the sums are equal: only the client knows whom and what it asked for. */
    static Finding stored(Snapshot run) {
        return Figures.count(
                Promise.STORED,
                run.organisations().stream()
                        .flatMap(organisation -> organisation.submissions().stream())
                        .filter(submission -> !submission.asAsked())
                        .count());
    }

    static Finding settled(Snapshot run) {
        long open = total(run, it -> it.waiting(SubmissionReading::late));
        long held = total(run, it -> it.waiting(SubmissionReading::held));
        Label beside = new Label(", beside %,d held as expected", "，另有 %,d 人按预期保留").formatted(held);
        Label figure = held == 0 ? number(open) : number(open).and(beside);
        return Finding.of(Promise.SETTLED, figure, number(0), open == 0);
    }

    /** Whoever is in doubt may have it or not: their call left. */
    static Finding reached(Snapshot run) {
        Label bound = total(run, StateFindings::doubted) == 0
                ? EQUAL
                : new Label("≤ reached, ≥ reached - ", "≤ 平台展示，≥ 平台展示 - ")
                        .and(each(run, it -> grouped(doubted(it))))
                        .and(new Label(" in doubt", "（存疑）"));
        return Finding.of(
                Promise.REACHED,
                each(
                        run,
                        it -> grouped(gone(it)) + (gone(it) == it.reached() ? "" : " ≠ " + grouped(it.reached())),
                        StateFindings::isReached),
                bound,
                all(run, StateFindings::isReached));
    }

    private static boolean isReached(OrganisationReading organisation) {
        long gone = gone(organisation);
        return gone <= organisation.reached() && organisation.reached() <= gone + doubted(organisation);
    }

    private static long doubted(OrganisationReading organisation) {
        return organisation.in(DeliveryState.IN_DOUBT);
    }

    private static long gone(OrganisationReading organisation) {
        return organisation.in(DeliveryState.SENT) + organisation.in(DeliveryState.DELIVERED);
    }

    /** Who is not asked about finds no drop, and where nobody is dropped no other line shows it. */
    static Finding receipts(Snapshot.Receipts receipts) {
        return receipts.known() + receipts.missing() == 0
                ? new Finding(
                        Promise.RECEIPTS,
                        new Label("nobody was to be asked about", "无需查询回执"),
                        number(0),
                        Finding.Outcome.NOT_JUDGED)
                : Finding.of(
                        Promise.RECEIPTS,
                        new Label("%,d of %,d", "%2$,d 人中有 %1$,d 人")
                                .formatted(receipts.missing(), receipts.known() + receipts.missing()),
                        number(0),
                        receipts.missing() == 0);
    }

    static Finding drops(Snapshot.Drops drops) {
        Label figure = Label.same("%,d / %,d / %,d").formatted(drops.predicted(), drops.detected(), drops.missed());
        Label unasked = new Label(", %,d not asked about", "，未查询 %,d").formatted(drops.unasked());
        return Finding.of(
                Promise.DROPS,
                drops.unasked() == 0 ? figure : figure.and(unasked),
                new Label("missed 0", "漏掉 0"),
                drops.missed() == 0);
    }
}
