package dev.sluice.loadtest.verdict;

import dev.sluice.loadtest.chart.Label;
import java.util.List;

/** What the engine promises, in the order of the verdict; from {@link #REFUSED} on only a load can tell. */
public enum Promise {
    ACCEPTED("accepted = sum of states (API = rows)", "已接受 = 各状态之和（接口 = 数据库）", Invariant.I1, Invariant.I2),
    STORED("submissions stored otherwise than asked for", "入库内容与请求不符的提交", Invariant.I1, Invariant.I2),
    SETTLED("nobody left waiting or in doubt", "没有人仍在等待或存疑", Invariant.I2),
    REACHED("sent + delivered = reached, says the platform", "已发送 + 已送达 = 平台实际展示", Invariant.I2),
    ONCE("nobody got a message twice", "无人重复收到", Invariant.I4),
    FILL("calls spent, against the least possible", "实际调用 / 最少可能调用"),
    BOOKED("calls booked = metered by the platform", "账本调用 = 平台计量调用", Invariant.I5),
    RELEASED("calls still reserved", "仍被预留的调用", Invariant.I5),
    BOOKS("budgets = sum of their postings", "预算 = 分录之和", Invariant.I5),
    SECOND("most calls to an API in any second, of QPS", "任意一秒最多调用 / QPS", Invariant.I3),
    ADDRESS("most calls from one address, tokens with them", "单个出口 IP 最多调用（含令牌请求）", Invariant.I3),
    MINUTE("most people in any minute", "任意一分钟最多人数", Invariant.I3),
    MINUTE_USE("use of the people a minute, full minutes", "满载分钟的人数利用率"),
    MONTH("units of the month, of those granted", "本月用量 / 授予额度", Invariant.I3),
    RESERVE("units of the month at bulk's last, of its share", "群发最后取用时的本月用量 / 群发可用额度", Invariant.I3),
    THROTTLED("throttled by the platform", "被平台限流", Invariant.I3),
    REFUSALS("calls that the platform refused", "被平台拒绝的调用", Invariant.I2),
    NOT_CAUSED("silent drops that we caused", "由我们造成的静默丢弃", Invariant.I3),
    DROPS("silent drops predicted / detected / missed", "静默丢弃：预知 / 发现 / 漏掉", Invariant.I2),
    RECEIPTS("people whose receipt was never asked for", "从未查询过回执的人数", Invariant.I2),
    WITH_CAUSE("people who got nothing for no known cause", "原因不明而未收到的人数", Invariant.I2),
    SINGLES("single sends to the platform p50 / p99 / max", "单发到达平台 p50 / p99 / 最大", Invariant.I6),
    REFUSED("requests refused", "被拒绝的请求"),
    PROMPT("requests to their 202 p50 / p99 / max", "请求到 202 p50 / p99 / 最大"),
    KNOWN("accepted rows that no request explains", "没有对应请求的入库记录", Invariant.I2),
    REPEATED("requests repeated and answered otherwise", "重复后应答不同的请求", Invariant.I4),
    COUNTED("counters = rows, looked at while it ran", "运行中查看：计数 = 数据库", Invariant.I2),
    IN_TIME("contents shown after their last deadline", "最后截止时间之后仍展示的内容", Invariant.I2),
    CANCELLED("contents shown after they were cancelled", "取消之后仍展示的内容", Invariant.I2),
    FIRST("urgent sends that bulk went before", "被群发抢先的紧急单发"),
    APART("people in calls of another tenant", "出现在其他租户调用中的人员", Invariant.I6),
    HIDDEN("another tenant's is answered as not there", "其他租户的数据一律答复不存在", Invariant.I6),
    EXPLAINED("held on purpose, says why and until when", "按预期保留，并说明原因与期限", Invariant.I7),
    TOLD("settled, says where it is and why", "已完成者如实说明状态与原因", Invariant.I2, Invariant.I7),
    STAYED("nodes that ended by themselves", "自行退出的节点", Invariant.I8),
    BOUNDED("fullest queue of any node, and fullest heap", "各节点中最满的队列与堆内存", Invariant.I8);

    private final String english;
    private final String chinese;
    /** Made by {@code List.of}, so it never changes. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Invariant> invariants;

    Promise(String english, String chinese, Invariant... invariants) {
        this.english = english;
        this.chinese = chinese;
        this.invariants = List.of(invariants);
    }

    /** For people. */
    public Label title() {
        return new Label(english, chinese);
    }

    /** What it looks at; none where it says how well the limits are used or how fast something is. */
    public List<Invariant> invariants() {
        return invariants;
    }
}
