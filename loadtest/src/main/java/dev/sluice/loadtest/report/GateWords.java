package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the scheduler's gates are called among people. A gate without words here keeps its own name. */
final class GateWords {
    /** The label of a gate with slots: {@code qps:asyncsend_v2 20 per 1 s}. */
    private static final Pattern SLOTS = Pattern.compile("([a-z-]+)(?::\\S+)? (\\d+) per (\\d+) s");

    private static final Map<String, Label> WORDS = Map.of(
            "people-per-minute", new Label("people a minute", "每分钟人数"),
            "qps", new Label("calls a second", "每秒调用数"),
            "calls", new Label("calls of this address", "本出口地址的调用数"),
            "month budget", new Label("month's budget", "月度额度"),
            "tenant paused", new Label("tenant paused", "租户已暂停"),
            "channel paused", new Label("channel paused", "通道已暂停"),
            "quiet hours", new Label("quiet hours", "免打扰时段"),
            "circuit", new Label("platform does not answer", "平台无应答"),
            "platform throttle", new Label("throttled by the platform", "被平台限流"),
            "none", new Label("no limit: about to go", "无限额：即将发出"));

    private GateWords() {}

    static Label of(String gate) {
        Matcher slots = SLOTS.matcher(gate);
        if (slots.matches() && WORDS.containsKey(slots.group(1))) {
            Label words = WORDS.get(slots.group(1));
            String limit = slots.group(2) + " / " + slots.group(3) + " s";
            return new Label(words.english() + " (" + limit + ")", words.chinese() + "（" + limit + "）");
        }
        return WORDS.getOrDefault(gate, Label.same(gate));
    }
}
