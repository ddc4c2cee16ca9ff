package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.report.data.EngineAway;
import dev.sluice.loadtest.report.data.Event;

/** What happened when an engine elsewhere did not say what became of everybody, in one sentence. */
public final class EngineAwayWords {
    /** What is said when it is over. */
    public static final Label ANSWERS_AGAIN = new Label("the engine answers again", "引擎恢复应答");

    private static final int OK = 200;

    private EngineAwayWords() {}

    /** The sentence, without a full stop. */
    public static Label of(EngineAway away) {
        return new Label(
                        "The engine %s from second %.0f on: the last state of %,d of %,d people is not known, and what depends on it is not judged",
                        "引擎自第 %2$.0f 秒起%1$s：%4$,d 人中有 %3$,d 人的最终状态未知，依赖它的承诺未核对")
                .formatted(what(away.status()), away.second(), away.unknownPeople(), away.people());
    }

    /**
     * What is said while it lasts.
     *
     * @param second of the first question in vain
     * @param status of its last answer, 0 when none came, 200 when it was not what the API promises
     */
    public static Label silent(double second, int status) {
        return new Label("the engine %s from second %.0f on; it is asked again and again", "引擎自第 %2$.0f 秒起%1$s；将继续询问")
                .formatted(what(status), second);
    }

    /**
     * The mark in the charts where it began.
     *
     * @param status of its last answer, 0 when none came, 200 when it was not what the API promises
     */
    public static Event gone(double second, int status) {
        return event(second, new Label("the engine %s", "引擎%s").formatted(what(status)));
    }

    /** The mark where it is over. */
    public static Event back(double second) {
        return event(second, ANSWERS_AGAIN);
    }

    private static Event event(double second, Label words) {
        return new Event(second, words.english(), words.chinese());
    }

    private static Label what(int status) {
        return switch (status) {
            case 0 -> new Label("gave no answer", "不再应答");
            case OK -> new Label("gave no answer that its API promises", "的应答不符合其 API 的约定");
            default -> new Label("answered %d and no more", "仅应答 %d").formatted(status);
        };
    }
}
