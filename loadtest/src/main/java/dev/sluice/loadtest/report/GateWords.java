package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the scheduler's gates are called among people. A gate without words here keeps its own name. */
public final class GateWords {
    /** The label of a gate with slots: {@code qps:asyncsend_v2 20 per 1 s}. */
    private static final Pattern SLOTS = Pattern.compile("([a-z-]+)(?::\\S+)? (\\d+) per (\\d+) s");

    private static final String ADDRESS = "calls";

    private static final Map<String, Label> WORDS = Map.ofEntries(
            entry("people-per-minute", "people a minute", "每分钟人数"),
            entry("qps", "calls a second", "每秒调用数"),
            entry(ADDRESS, "calls of this address", "本出口地址的调用数"),
            entry("webhook-messages-per-minute", "messages of a group robot", "群机器人消息数"),
            entry("month budget", "month's budget", "月度额度"),
            entry("tenant paused", "tenant paused", "租户已暂停"),
            entry("channel paused", "channel paused", "通道已暂停"),
            entry("quiet hours", "quiet hours", "免打扰时段"),
            entry("midnight", "platform's midnight", "平台零点"),
            entry("circuit", "platform does not answer", "平台无应答"),
            entry("platform throttle", "throttled by the platform", "被平台限流"),
            entry("limiter", "limits not known yet", "限额尚未确认"),
            entry("people gate", "people's day not known yet", "当日人员记录尚未确认"),
            entry("access token", "no access token to be had", "无法取得访问令牌"),
            entry("postgres", "Postgres does not answer", "Postgres 无应答"),
            entry("late calls", "calls ready too late", "调用就绪过晚"),
            entry("not asked", "not asked yet", "尚未查询"),
            entry("none", "no limit: about to go", "无限额：即将发出"));

    private GateWords() {}

    /** Words for a gate as the scheduler labels it. */
    public static Label of(String gate) {
        Matcher slots = SLOTS.matcher(gate);
        if (slots.matches() && WORDS.containsKey(slots.group(1))) {
            Label words = WORDS.get(slots.group(1));
            String limit = slots.group(2) + " / " + slots.group(3) + " s";
            return new Label("%s (%s)", "%s（%s）").formatted(words, limit);
        }
        return WORDS.getOrDefault(gate, Label.same(gate));
    }

    /** Whether this is the gate that all calls of a public address pass; calls in flight are another. */
    public static boolean isOfAddress(String gate) {
        Matcher slots = SLOTS.matcher(gate);
        return slots.matches() && slots.group(1).equals(ADDRESS);
    }

    private static Map.Entry<String, Label> entry(String gate, String english, String chinese) {
        return Map.entry(gate, new Label(english, chinese));
    }
}
