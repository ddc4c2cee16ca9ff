package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.report.data.EngineAway;
import dev.sluice.loadtest.report.data.Event;
import java.util.Locale;

/** What happened when an engine elsewhere did not say what became of everybody, in one sentence. */
public final class EngineAwayWords {
    /** What is said when it is over. */
    public static final Label ANSWERS_AGAIN = new Label("the engine answers again", "引擎恢复应答");

    private EngineAwayWords() {}

    /** The sentence, without a full stop. */
    public static Label of(EngineAway away) {
        Label what = what(away.status());
        return new Label(
                text(
                        "The engine %s from second %.0f on: the last state of %,d of %,d people is not known, and what depends on it is not judged",
                        what.english(), away),
                text("引擎自第 %2$.0f 秒起%1$s：%4$,d 人中有 %3$,d 人的最终状态未知，依赖它的承诺未核对", what.chinese(), away));
    }

    /**
     * What is said while it lasts.
     *
     * @param second of the first question in vain
     * @param status of its last answer, 0 when none came
     */
    public static Label silent(double second, int status) {
        Label what = what(status);
        return new Label(
                        "the engine " + what.english() + " from second %.0f on; it is asked again and again",
                        "引擎自第 %.0f 秒起" + what.chinese() + "；将继续询问")
                .formatted(second);
    }

    /**
     * The mark in the charts where it began.
     *
     * @param status of its last answer, 0 when none came
     */
    public static Event gone(double second, int status) {
        Label what = what(status);
        return new Event(second, "the engine " + what.english(), "引擎" + what.chinese());
    }

    /** The mark where it is over. */
    public static Event back(double second) {
        return new Event(second, ANSWERS_AGAIN.english(), ANSWERS_AGAIN.chinese());
    }

    private static Label what(int status) {
        return status == 0
                ? new Label("gave no answer", "不再应答")
                : new Label("answered %d and no more".formatted(status), "仅应答 %d".formatted(status));
    }

    private static String text(String sentence, String what, EngineAway away) {
        return String.format(Locale.ROOT, sentence, what, away.second(), away.unknownPeople(), away.people());
    }
}
