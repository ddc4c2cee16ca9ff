package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import java.util.List;

/** The words for what a run recorded, the same wherever it is shown. */
final class RunWords {
    static final Label OFFERED = new Label("offered", "发起");
    static final Label ACCEPTED = new Label("accepted", "接受");
    static final Label REFUSED = new Label("refused or unanswered", "拒绝或无应答");
    static final Label SETTLED = new Label("settled", "完成");
    static final Label SHOWN = new Label("shown by platform", "平台展示");
    static final Label CALLS = new Label("calls", "调用");
    static final Label FILL = new Label("fill ratio", "填充率");
    static final Label MAX = new Label("max", "最大");
    static final Label LOGARITHMIC = new Label(" Equal steps are equal factors.", "纵轴为对数刻度。");

    private static final List<Label> LATENCIES = List.of(
            new Label("singles to 202", "单发至 202"),
            new Label("bulk to 202", "批量请求至 202"),
            new Label("campaign to 202", "群发任务至 202"),
            new Label("single sends to the platform", "单发至平台"));
    private static final List<Label> FACTS = List.of(
            new Label("nodes", "节点数"),
            new Label("engine", "引擎"),
            new Label("channel", "通道"),
            new Label("counts of the engine", "引擎给出的计数次数"),
            new Label("most seconds between two counts", "两次计数最长间隔（秒）"),
            new Label("seed", "随机种子"),
            new Label("load average before", "运行前系统负载"),
            new Label("load average after", "运行后系统负载"));

    private RunWords() {}

    /** What a series of latencies is called. */
    static Label latency(String name) {
        return named(name, LATENCIES);
    }

    /** What a fact is called. */
    static Label fact(String name) {
        return named(name, FACTS);
    }

    /** One that has no words here keeps its own. */
    private static Label named(String name, List<Label> words) {
        return words.stream()
                .filter(label -> label.english().equals(name))
                .findFirst()
                .orElseGet(() -> Label.same(name));
    }
}
