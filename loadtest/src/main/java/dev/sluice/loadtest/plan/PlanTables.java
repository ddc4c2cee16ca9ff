package dev.sluice.loadtest.plan;

import dev.sluice.engine.quota.BudgetStatus;
import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.plan.Phases.Phase;
import dev.sluice.loadtest.plan.virtual.MonthBook;
import dev.sluice.loadtest.report.GateWords;
import dev.sluice.loadtest.scenario.TenantGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A plan as tables, in both languages; the first row of each is its head. */
final class PlanTables {
    private static final Label NO_LIMIT = new Label("no limit", "不限");
    private static final Label LEAST_LEFT = new Label("least left of a month", "月度额度最低余量");
    private static final Label SENT = new Label("sent", "已发送");
    private static final Label ENDS = new Label("ends", "结束");
    private static final Label CALLS = new Label("calls", "调用");

    private final Plan plan;
    private final Times times;

    PlanTables(Plan plan) {
        this.plan = plan;
        this.times = new Times(plan.start());
    }

    /** A table: rows of as many cells each. */
    static final class Rows {
        private final List<List<Label>> rows = new ArrayList<>();

        private Rows row(Object... cells) {
            rows.add(Arrays.stream(cells)
                    .map(cell -> cell instanceof Label label ? label : Label.same(cell.toString()))
                    .toList());
            return this;
        }

        List<List<Label>> all() {
            return rows;
        }
    }

    /** From top to bottom. */
    List<Rows> all() {
        List<Rows> tables = new ArrayList<>(List.of(loads(), months(), phases()));
        if (!plan.answers().isEmpty()) {
            tables.add(answers());
        }
        tables.add(needs());
        return tables;
    }

    private Rows loads() {
        Rows table = new Rows()
                .row(
                        new Label("load", "负载"),
                        SENT,
                        ENDS,
                        new Label("half of the tenants done", "半数租户完成"),
                        new Label("waits p50 / p99", "等待 p50 / p99"),
                        new Label("had it today", "当日已收"),
                        new Label("too late", "超时"),
                        new Label("cancelled", "已取消"),
                        new Label("still waiting", "仍在等待"));
        for (int i = 0; i < plan.scenario().load().size(); i++) {
            LoadTally tally = plan.asItStands().loads().get(i);
            table.row(
                    LoadWords.of(plan.scenario().load().get(i)),
                    count(tally.sent()),
                    done(tally, tally.endMicros()),
                    done(tally, tally.tenantsDoneMicros(50)),
                    waits(tally),
                    count(tally.suppressed()),
                    count(tally.expired()),
                    count(tally.cancelled()),
                    count(tally.waiting()));
        }
        return table;
    }

    private String done(LoadTally tally, OptionalLong micros) {
        return tally.sent() == 0 || micros.isEmpty() ? "-" : times.of(micros.getAsLong());
    }

    private static String waits(LoadTally tally) {
        return tally.sent() == 0 ? "-" : Times.span(tally.waitMillis(50)) + " / " + Times.span(tally.waitMillis(99));
    }

    private Rows months() {
        Rows table = new Rows()
                .row(
                        new Label("tenants", "租户"),
                        new Label("tier", "套餐"),
                        CALLS,
                        new Label("metered", "计量"),
                        LEAST_LEFT,
                        new Label("passes", "用量达到"));
        for (GroupTally group : plan.asItStands().groups()) {
            TenantGroup tenants = plan.scenario().group(group.name());
            Optional<MonthBook.Month> month = group.tightest();
            table.row(
                    tenants.count() == 1 ? group.name() : group.name() + " x " + count(tenants.count()),
                    tenants.tier(),
                    count(group.calls()),
                    count(group.booked()),
                    month.map(one -> left(one.status())).orElse(NO_LIMIT),
                    month.map(PlanTables::highestPassed).orElse("-"));
        }
        return table;
    }

    private static Label left(BudgetStatus month) {
        String left = count(month.available());
        String granted = count(month.granted());
        String name = month.month().toString().substring(0, 7);
        return new Label("%s of %s (%s)", "%s / %s（%s）").formatted(left, granted, name);
    }

    private static String highestPassed(MonthBook.Month month) {
        return month.passed().isEmpty() ? "-" : month.passed().getLast().percent() + " %";
    }

    private Rows phases() {
        Rows table = new Rows().row(new Label("which limit binds when", "何时受何限制"), "", "");
        for (GroupTally group : plan.asItStands().groups()) {
            TenantGroup tenants = plan.scenario().group(group.name());
            List<Phase> phases = Phases.of(group, tenants.count() * tenants.apps());
            phases.stream().limit(Phases.FEW).forEach(phase -> phase(table, group, phase));
            if (phases.size() > Phases.FEW) {
                String end = times.of(phases.getLast().toMicros());
                table.row(group.name(), new Label("and so on, until " + end, "依此类推，直到 " + end), "");
            }
        }
        return table;
    }

    private void phase(Rows table, GroupTally group, Phase phase) {
        String share = " %.0f %%".formatted(phase.share() * 100);
        Label gate = gate(phase.gate());
        table.row(
                group.name(),
                times.of(phase.fromMicros()) + " - " + times.of(phase.toMicros()),
                phase.gate().isEmpty() ? gate : gate.and(Label.same(share)));
    }

    /** A gate among people. */
    static Label gate(String gate) {
        return switch (gate) {
            case "" -> new Label("nothing", "无");
            case "calls in flight" -> new Label("calls in flight", "在途调用数");
            case "midnight" -> new Label("midnight", "零点");
            default -> GateWords.of(gate);
        };
    }

    private Rows answers() {
        Rows table = new Rows()
                .row(
                        new Label("what would change it", "改变方案"),
                        SENT,
                        ENDS,
                        CALLS,
                        LEAST_LEFT,
                        new Label("held longest by", "主要受限于"));
        answer(table, new Variation.AsItStands(), plan.asItStands());
        plan.answers().forEach(answer -> answer(table, answer.variation(), answer.outcome()));
        return table;
    }

    private void answer(Rows table, Variation variation, Outcome outcome) {
        table.row(
                variation.name(),
                count(outcome.sent()),
                end(times, outcome.waiting(), outcome.lastMicros()),
                count(outcome.calls()),
                outcome.leastLeft().isPresent() ? count(outcome.leastLeft().getAsLong()) : NO_LIMIT,
                gate(Phases.longest(outcome.groups())));
    }

    /** When it ends, or how many never get so far. */
    static Label end(Times times, long waiting, long lastMicros) {
        return waiting == 0
                ? Label.same(times.of(lastMicros))
                : new Label("%,d still wait", "%,d 人仍在等待").formatted(waiting);
    }

    private Rows needs() {
        Needs needs = plan.needs();
        String calls = "%,.0f".formatted(needs.callsPerSecond());
        String people = "%,.0f".formatted(needs.peoplePerSecond());
        String nodes = count(needs.nodes());
        String cores = "%.2f".formatted(needs.cores());
        String inFlight = "%,.0f".formatted(needs.callsInFlight());
        return new Rows()
                .row(new Label("if quotas alone were in the way", "若仅受配额限制"), "")
                .row(ENDS, end(times, needs.waiting(), needs.lastMicros()))
                .row(
                        new Label("busiest 20 seconds", "最忙的 20 秒"),
                        new Label(calls + " calls/s, " + people + " people/s", "每秒 " + calls + " 次调用、" + people + " 人"))
                .row(
                        new Label("nodes like the measured one", "节点（同测量机型）"),
                        new Label(
                                nodes + " (" + cores + " cores at work, " + inFlight + " calls in flight)",
                                nodes + "（" + cores + " 核的处理量，在途调用 " + inFlight + " 次）"))
                .row(new Label("egress addresses", "出口 IP"), count(needs.addresses()))
                .row(
                        new Label("rows of deliveries and calls", "投递与调用行数"),
                        count(needs.deliveryRows()) + " + " + count(needs.callRows()))
                .row(
                        new Label("Postgres, and written ahead", "Postgres 与 WAL"),
                        Times.bytes(needs.bytes()) + " + " + Times.bytes(needs.walBytes()))
                .row(new Label("costs measured by", "成本测量"), needs.measuredBy());
    }

    private static String count(long number) {
        return "%,d".formatted(number);
    }
}
