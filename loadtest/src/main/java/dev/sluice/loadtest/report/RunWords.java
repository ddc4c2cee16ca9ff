package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;

/** The words for the figures of a run, the same in the totals and in the legends. */
final class RunWords {
    static final Label OFFERED = new Label("offered", "发起");
    static final Label ACCEPTED = new Label("accepted", "接受");
    static final Label REFUSED = new Label("refused", "拒绝");
    static final Label SETTLED = new Label("settled", "完成");
    static final Label SHOWN = new Label("shown by platform", "平台展示");
    static final Label CALLS = new Label("calls", "调用");
    static final Label FILL = new Label("fill ratio", "填充率");

    private RunWords() {}
}
