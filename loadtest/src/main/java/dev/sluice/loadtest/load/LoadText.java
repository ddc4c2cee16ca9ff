package dev.sluice.loadtest.load;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.report.GateWords;
import dev.sluice.loadtest.report.data.Sample;
import dev.sluice.loadtest.report.data.StageSample;
import dev.sluice.loadtest.terminal.Columns;
import dev.sluice.loadtest.terminal.Language;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A run's state in words and bars. Pure. */
final class LoadText {
    private static final int BAR = 40;
    private static final int MOST_GATES = 3;

    private final Language language;

    LoadText(Language language) {
        this.language = language;
    }

    /** One line for a log. */
    String line(Sample now) {
        List<String> parts = new ArrayList<>(List.of(second(now), people(now)));
        parts.addAll(stage(now));
        return String.join("  ", parts);
    }

    /** Something that happened, as one line. */
    String line(Sample now, Label words) {
        return second(now) + "  " + words.wordsIn(language);
    }

    private static String second(Sample now) {
        return String.format(Locale.ROOT, "%4.0f s", now.second());
    }

    /** Requests had no answer so long after the load. */
    String givenUp(long seconds) {
        return language.say(
                        "%,d s after the load some requests still have no answer: they are given up, and count as refused without an answer.",
                        "负载结束 %,d 秒后仍有请求未获应答：不再等待，计为未获应答的拒绝。")
                .formatted(seconds);
    }

    /** Not all was over so long after the load: what there was to wait for then, and what to do. */
    String late(double seconds, Sample last) {
        return String.format(
                Locale.ROOT,
                language.say(
                        "%,.0f s after the load (bounds.drainSeconds) not all was over; %s. Where the limits or the attempts at a platform that fails"
                                + " need longer, give it more: ./sluice plan says how long the limits do.",
                        "负载结束 %,.0f 秒后（bounds.drainSeconds）仍未全部完成；%s。若受限额制约或平台故障重试所需更久，请调大该值：./sluice plan 可推算限额所需时间。"),
                seconds,
                last.stage().map(this::open).orElse(""));
    }

    /** Where nobody waits, calls or their results are open. */
    private String open(StageSample last) {
        return last.waitingByGate().isEmpty()
                ? language.say("calls are under way, or their results are to be asked for", "仍有在途调用或待查询的结果")
                : waiting(last);
    }

    /** Lines for a terminal, none wider than it. */
    List<String> block(Sample now, int columns) {
        List<String> lines = new ArrayList<>();
        lines.add("%s [%s] %s".formatted(second(now), bar(now), people(now)));
        stage(now).forEach(part -> lines.add("       " + part));
        return lines.stream().map(line -> Columns.cut(line, columns)).toList();
    }

    private static String bar(Sample now) {
        long whole = Math.max(1, Math.max(now.offered(), now.settled()));
        int settled = (int) (BAR * now.settled() / whole);
        int accepted = (int) Math.max(settled, BAR * now.accepted() / whole);
        return "█".repeat(settled)
                + "▒".repeat(Math.min(BAR, accepted) - settled)
                + "·".repeat(Math.max(0, BAR - accepted));
    }

    private String people(Sample now) {
        return String.format(
                Locale.ROOT,
                language.say("offered %,d accepted %,d refused %,d settled %,d", "发起 %,d 接受 %,d 拒绝 %,d 完成 %,d"),
                now.offered(),
                now.accepted(),
                now.refused(),
                now.settled());
    }

    /** What platform and limits do; nothing of an engine elsewhere. */
    private List<String> stage(Sample now) {
        return now.stage()
                .map(stage -> List.of(platform(stage), waiting(stage)))
                .orElse(List.of());
    }

    private String platform(StageSample now) {
        return String.format(
                Locale.ROOT,
                language.say("shown %,d in %,d calls, fill %s, gate %.0f %%", "展示 %,d 调用 %,d 填充率 %s 配额利用率 %.0f %%"),
                now.shown(),
                now.calls(),
                fill(now.fillRatio()),
                100 * now.quotaUse());
    }

    private static String fill(double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "-";
    }

    private String waiting(StageSample now) {
        if (now.waitingByGate().isEmpty()) {
            return language.say("nobody waits", "无人等待");
        }
        String gates = now.waitingByGate().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_GATES)
                .map(gate -> String.format(
                        Locale.ROOT, "%s %,d", GateWords.of(gate.getKey()).wordsIn(language), gate.getValue()))
                .collect(Collectors.joining(language.say("; ", "；")));
        return language.say("waiting: ", "等待：") + gates;
    }
}
