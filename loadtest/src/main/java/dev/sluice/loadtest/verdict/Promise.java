package dev.sluice.loadtest.verdict;

import dev.sluice.loadtest.chart.Label;

/** What the engine promises, in the order of the verdict; from {@link #REFUSED} on only a load can tell. */
public enum Promise {
    ACCEPTED("accepted = sum of states (API = rows)", "已接受 = 各状态之和（接口 = 数据库）"),
    SETTLED("nobody left waiting or in doubt", "没有人仍在等待或存疑"),
    REACHED("sent + delivered = reached, says the platform", "已发 + 已达 = 平台实际展示"),
    ONCE("nobody got a message twice", "无人重复收到"),
    FILL("calls spent, against the least possible", "实际调用 / 最少可能调用"),
    BOOKED("calls booked = metered by the platform", "账本调用 = 平台计量调用"),
    RELEASED("calls still reserved", "仍被预留的调用"),
    BOOKS("budgets = sum of their postings", "预算 = 分录之和"),
    SECOND("most calls to an API in any second, of QPS", "任意一秒最多调用 / QPS"),
    ADDRESS("most calls from one address, tokens with them", "单个出口 IP 最多调用（含令牌请求）"),
    MINUTE("most people in any minute", "任意一分钟最多人数"),
    MINUTE_USE("use of the people a minute, full minutes", "满载分钟的人数利用率"),
    MONTH("units of the month, of those granted", "本月用量 / 授予额度"),
    THROTTLED("throttled by the platform", "被平台限流"),
    NOT_CAUSED("silent drops that we caused", "由我们造成的静默丢弃"),
    DROPS("silent drops predicted / detected / missed", "静默丢弃：预知 / 发现 / 漏掉"),
    SINGLES("single sends to the platform p50 / p99 / max", "单发到达平台 p50 / p99 / 最大"),
    REFUSED("requests refused", "被拒绝的请求"),
    PROMPT("requests to their 202 p50 / p99 / max", "请求到 202 p50 / p99 / 最大"),
    KNOWN("accepted rows that no request explains", "无对应请求的记录"),
    APART("people in calls of another tenant", "出现在他人调用中的人员"),
    EXPLAINED("held on purpose, says why and until when", "按预期保留，并说明原因与期限"),
    STAYED("nodes that ended by themselves", "自行退出的节点");

    private final String english;
    private final String chinese;

    Promise(String english, String chinese) {
        this.english = english;
        this.chinese = chinese;
    }

    /** For people. */
    public Label title() {
        return new Label(english, chinese);
    }
}
