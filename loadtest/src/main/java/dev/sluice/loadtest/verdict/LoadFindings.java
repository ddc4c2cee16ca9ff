package dev.sluice.loadtest.verdict;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.verdict.DuringRun.Filled;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/** The findings over what only a load has. Pure. */
final class LoadFindings {
    private static final Label ALL = new Label("all", "全部");
    private static final Label NOBODY_ASKED = new Label("nobody was asked", "没有询问任何人");

    private LoadFindings() {}

    static List<Finding> of(LoadReading load) {
        return List.of(
                refused(load),
                prompt(load),
                known(load),
                repeated(load.behaviour().repeats()),
                counted(load.during()),
                inTime(load),
                cancelled(load),
                first(load),
                apart(load),
                hidden(load),
                explained(load),
                told(load.behaviour().told()),
                stayed(load),
                bounded(load.during()));
    }

    /** What got no answer was not promised either. */
    static Finding refused(LoadReading load) {
        Label figure = new Label("%,d of %,d", "%2$,d 个中有 %1$,d 个").formatted(load.refused(), load.requests());
        Label unanswered = new Label(", %,d without an answer", "，其中 %,d 个未获应答").formatted(load.unanswered());
        return Finding.of(
                Promise.REFUSED,
                load.unanswered() == 0 ? figure : figure.and(unanswered),
                Label.same("≤ %.1f %%").formatted(100 * load.mostRefusedShare()),
                isWithin(load.refused(), load.mostRefusedShare(), load.requests()));
    }

    /** A share as somebody wrote it: 29 of 100 are 0.29 of them, which a product of doubles denies. */
    private static boolean isWithin(long some, double share, long all) {
        return BigDecimal.valueOf(some).compareTo(BigDecimal.valueOf(share).multiply(BigDecimal.valueOf(all))) <= 0;
    }

    static Finding prompt(LoadReading load) {
        Snapshot.Latencies took = load.accepted();
        double boundMillis = load.acceptP99BoundMillis();
        Label bound = boundMillis == 0
                ? new Label("none given", "未给定")
                : Label.same("p99 ≤ %.0f ms").formatted(boundMillis);
        if (took.sent() == 0) {
            return new Finding(
                    Promise.PROMPT,
                    new Label("no request of a rate was accepted", "没有按速率发送的请求被接受"),
                    bound,
                    Finding.Outcome.NOT_JUDGED);
        }
        Label figure =
                Label.same("%.1f / %.1f / %.0f ms").formatted(took.p50Millis(), took.p99Millis(), took.maxMillis());
        return boundMillis == 0
                ? new Finding(Promise.PROMPT, figure, bound, Finding.Outcome.NOT_JUDGED)
                : Finding.of(Promise.PROMPT, figure, bound, took.p99Millis() <= boundMillis);
    }

    /** A request without an answer may have been accepted; more rows than such requests came from nowhere. */
    private static Finding known(LoadReading load) {
        return Finding.of(
                Promise.KNOWN,
                Figures.number(load.foundRows()),
                new Label("≤ %,d unanswered", "≤ %,d（未获应答）").formatted(load.unanswered()),
                load.foundRows() <= load.unanswered());
    }

    /** Whoever asks again with the same key is told of the same message; a second one would be one that no request explains. */
    private static Finding repeated(LoadReading.Repeats repeats) {
        return repeats.answered() == 0
                ? new Finding(
                        Promise.REPEATED,
                        new Label("nothing was repeated", "未重复任何请求"),
                        Figures.number(0),
                        Finding.Outcome.NOT_JUDGED)
                : Finding.of(
                        Promise.REPEATED,
                        new Label("%,d of %,d", "%2$,d 个中有 %1$,d 个").formatted(repeats.otherwise(), repeats.answered()),
                        Figures.number(0),
                        repeats.otherwise() == 0);
    }

    /** Counters are changed together with what they count, so there is no moment at which they differ. */
    private static Finding counted(DuringRun during) {
        return during.compared() == 0
                ? new Finding(
                        Promise.COUNTED,
                        new Label("nothing was under way", "没有进行中的提交"),
                        Figures.number(0),
                        Finding.Outcome.NOT_JUDGED)
                : Finding.of(
                        Promise.COUNTED,
                        new Label("%,d of %,d differ", "%2$,d 次比对，%1$,d 次不一致")
                                .formatted(during.differing(), during.compared()),
                        Figures.number(0),
                        during.differing() == 0);
    }

    private static Finding inTime(LoadReading load) {
        return ended(load, Promise.IN_TIME, load.behaviour().deadlines(), new Label("no deadline", "无截止时间"));
    }

    private static Finding cancelled(LoadReading load) {
        return ended(
                load, Promise.CANCELLED, load.behaviour().cancels(), new Label("nothing was cancelled", "未取消任何群发"));
    }

    /** A call that is in doubt is sent again to learn of it, so faults make some late. */
    private static Finding ended(LoadReading load, Promise promise, LoadReading.Ends ends, Label none) {
        Label figure = new Label("%,d of %,d", "%2$,d 个中有 %1$,d 个").formatted(ends.passed(), ends.contents());
        if (ends.contents() == 0) {
            return new Finding(promise, none, Figures.number(0), Finding.Outcome.NOT_JUDGED);
        }
        return load.disturbed()
                ? new Finding(promise, figure, Figures.NOT_WITH_FAULTS, Finding.Outcome.NOT_JUDGED)
                : Finding.of(promise, figure, Figures.number(0), ends.passed() == 0);
    }

    /** With faults a request may be known long after its time. */
    private static Finding first(LoadReading load) {
        LoadReading.Urgent urgent = load.behaviour().urgent();
        Label figure = new Label("%,d of %,d", "%2$,d 条中有 %1$,d 条").formatted(urgent.overtaken(), urgent.asked());
        if (urgent.asked() == 0) {
            return new Finding(
                    Promise.FIRST, new Label("nothing urgent", "无紧急消息"), Figures.number(0), Finding.Outcome.NOT_JUDGED);
        }
        return load.disturbed()
                ? new Finding(Promise.FIRST, figure, Figures.NOT_WITH_FAULTS, Finding.Outcome.NOT_JUDGED)
                : Finding.of(Promise.FIRST, figure, Figures.number(0), urgent.overtaken() == 0);
    }

    private static Finding apart(LoadReading load) {
        return Figures.count(Promise.APART, load.foreignPeople());
    }

    private static Finding hidden(LoadReading load) {
        LoadReading.Strangers strangers = load.strangers();
        if (strangers.asked() == 0) {
            return new Finding(Promise.HIDDEN, NOBODY_ASKED, ALL, Finding.Outcome.NOT_JUDGED);
        }
        return Finding.of(
                Promise.HIDDEN,
                new Label("%,d of %,d asked", "询问 %2$,d 次，答复不存在 %1$,d 次")
                        .formatted(strangers.hidden(), strangers.asked()),
                ALL,
                strangers.hidden() == strangers.asked());
    }

    private static Finding explained(LoadReading load) {
        if (load.waiting() == 0) {
            return new Finding(Promise.EXPLAINED, NOBODY_ASKED, ALL, Finding.Outcome.NOT_JUDGED);
        }
        return Finding.of(
                Promise.EXPLAINED,
                new Label("%,d of %,d asked", "询问 %2$,d 人，说明 %1$,d 人")
                        .formatted(load.waiting() - load.unexplained(), load.waiting()),
                ALL,
                load.unexplained() == 0);
    }

    private static Finding told(LoadReading.Told told) {
        return told.asked() == 0
                ? new Finding(Promise.TOLD, NOBODY_ASKED, ALL, Finding.Outcome.NOT_JUDGED)
                : Finding.of(
                        Promise.TOLD,
                        new Label("%,d of %,d asked", "询问 %2$,d 人，如实答复 %1$,d 人")
                                .formatted(told.asked() - told.wrongly(), told.asked()),
                        ALL,
                        told.wrongly() == 0);
    }

    /** Every queue is bounded, so that no load takes a node's memory. */
    private static Finding stayed(LoadReading load) {
        return Figures.count(Promise.STAYED, load.ownEnds());
    }

    private static Finding bounded(DuringRun during) {
        Label bound = new Label("none above its bound", "均不超过各自上限");
        return during.queues().stream()
                .max(Comparator.comparingDouble(Filled::share))
                .map(fullest -> Finding.of(
                        Promise.BOUNDED,
                        new Label("%s %,d of %,d; heap %.0f %%", "%s %,d / %,d；堆内存 %.0f %%")
                                .formatted(
                                        QueueWords.of(fullest.name()),
                                        fullest.most(),
                                        fullest.bound(),
                                        100 * during.heap().share()),
                        bound,
                        fullest.share() <= 1))
                .orElse(new Finding(
                        Promise.BOUNDED,
                        new Label("no node was asked in time", "未能及时从节点取得数据"),
                        bound,
                        Finding.Outcome.NOT_JUDGED));
    }
}
