package dev.sluice.loadtest.plan;

import dev.sluice.engine.time.EngineClock;
import dev.sluice.loadtest.chart.BarChart;
import dev.sluice.loadtest.chart.BarChart.Bar;
import dev.sluice.loadtest.chart.BarChart.Row;
import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.Page;
import dev.sluice.loadtest.chart.Point;
import dev.sluice.loadtest.chart.Series;
import dev.sluice.loadtest.chart.StackedChart;
import dev.sluice.loadtest.chart.TimeAxis;
import dev.sluice.loadtest.chart.Unit;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Node;
import dev.sluice.loadtest.plan.Phases.Phase;
import dev.sluice.loadtest.plan.Plan.Answer;
import dev.sluice.loadtest.plan.PlanTables.Rows;
import dev.sluice.loadtest.scenario.TenantGroup;
import java.util.ArrayList;
import java.util.List;

/** A plan as one self-contained HTML file in English and Chinese. Its size is bounded however long the plan is. */
public final class PlanPage {
    private static final double SECOND_MICROS = 1e6;
    /** More than a picture shows. */
    private static final int MOST_STRETCHES = 1_000;

    private final Plan plan;
    private final Times times;

    /** Of a plan. */
    public PlanPage(Plan plan) {
        this.plan = plan;
        this.times = new Times(plan.start());
    }

    /** The text of the file. */
    public String html() {
        List<Rows> tables = new PlanTables(plan).all();
        List<Node> body = new ArrayList<>();
        body.add(Element.of("h1").text(plan.scenario().name()));
        body.add(new Label(plan.scenario().descriptionEn(), plan.scenario().descriptionZh()).in("p"));
        String begin = times.full(0) + " (" + EngineClock.PLATFORM_ZONE + ")";
        body.add(new Label("A plan from " + begin + "; nothing was sent.", "自 " + begin + " 起的推算；未发送任何消息。")
                .in("p")
                .set("class", "soft"));
        plan.remarks().forEach(remark -> body.add(remark.words().in("p")));
        body.add(people());
        body.add(binding());
        if (!plan.answers().isEmpty()) {
            body.add(ends());
        }
        tables.forEach(rows -> body.add(table(rows)));
        return new Page(plan.scenario().name() + " · Sluice", body).html();
    }

    /** People sent to so far, by group. */
    private Element people() {
        List<GroupTally> groups = plan.asItStands().groups();
        long width = widthMicros(groups, endMicros());
        int stretches = (int) Math.ceilDiv(endMicros() + 1, width);
        List<Series> layers =
                groups.stream().map(group -> series(group, width, stretches)).toList();
        return new StackedChart(
                        "people",
                        new Label("People sent to", "已发送人数"),
                        new Label("From the beginning on, all groups together.", "自开始累计，各组合计。"),
                        axis(seconds(endMicros())),
                        Unit.COUNT,
                        layers,
                        List.of())
                .figure();
    }

    /** When the last one was settled, or until when those were held who still wait. */
    private long endMicros() {
        return plan.asItStands().groups().stream()
                .mapToLong(group -> group.timeline().endMicros())
                .reduce(plan.asItStands().lastMicros(), Math::max);
    }

    /** What every timeline has stretches for, and few enough of them: calls may have ended long before the last one had it already or was too late. */
    private static long widthMicros(List<GroupTally> groups, long endMicros) {
        long width = groups.stream()
                .mapToLong(group -> group.timeline().widthMicros())
                .max()
                .orElse(1);
        while (endMicros / width >= MOST_STRETCHES) {
            width *= 2;
        }
        return width;
    }

    private static Series series(GroupTally group, long width, int stretches) {
        Timeline timeline = group.timeline();
        int joined = (int) (width / timeline.widthMicros());
        List<Point> points = new ArrayList<>(List.of(new Point(0, 0)));
        double people = 0;
        for (int i = 0; i < stretches; i++) {
            for (int part = i * joined; part < Math.min((i + 1) * joined, timeline.stretches()); part++) {
                people += timeline.amount(Outcome.PEOPLE, part);
            }
            points.add(new Point((i + 1) * width / SECOND_MICROS, people));
        }
        return new Series(Label.same(group.name()), points);
    }

    /** Which limit binds when, by group. */
    private Element binding() {
        List<String> gates = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (GroupTally group : plan.asItStands().groups()) {
            TenantGroup tenants = plan.scenario().group(group.name());
            List<Bar> bars = new ArrayList<>();
            for (Phase phase : Phases.of(group, tenants.count() * tenants.apps())) {
                if (!gates.contains(phase.gate())) {
                    gates.add(phase.gate());
                }
                bars.add(new Bar(seconds(phase.fromMicros()), seconds(phase.toMicros()), gates.indexOf(phase.gate())));
            }
            Label detail = new Label("%,d calls", "%,d 次调用").formatted(group.calls());
            rows.add(new Row(Label.same(group.name()), detail, bars));
        }
        return new BarChart(
                        "binding",
                        new Label("Which limit binds when", "何时受何限制"),
                        new Label("What held most of the lanes in each stretch.", "每一时段内制约通道最多的限制。"),
                        axis(seconds(endMicros())),
                        gates.stream().map(PlanTables::gate).toList(),
                        rows,
                        List.of())
                .figure();
    }

    /** When it would end with something changed. */
    private Element ends() {
        List<Row> rows = new ArrayList<>();
        rows.add(end(new Variation.AsItStands(), plan.asItStands(), 0));
        double longest = seconds(plan.asItStands().lastMicros());
        for (Answer answer : plan.answers()) {
            rows.add(end(answer.variation(), answer.outcome(), 1));
            longest = Math.max(longest, seconds(answer.outcome().lastMicros()));
        }
        return new BarChart(
                        "ends",
                        new Label("What would change it", "改变方案"),
                        new Label("Until the last one is sent to, or was too late.", "直至最后一人已发送或已超时。"),
                        axis(longest),
                        List.of(new Variation.AsItStands().name(), new Label("changed", "改变后")),
                        rows,
                        List.of())
                .figure();
    }

    private Row end(Variation variation, Outcome outcome, int kind) {
        Label end = PlanTables.end(times, outcome.waiting(), outcome.lastMicros());
        return new Row(
                variation.name(),
                new Label("%,d sent, %s, %,d calls", "已发送 %,d，%s，%,d 次调用")
                        .formatted(outcome.sent(), end, outcome.calls()),
                List.of(new Bar(0, seconds(outcome.lastMicros()), kind)));
    }

    private static Element table(Rows rows) {
        Element head = Element.of("tr");
        rows.all().getFirst().forEach(cell -> head.add(cell.in("th")));
        Element body = Element.of("tbody");
        for (List<Label> cells : rows.all().subList(1, rows.all().size())) {
            Element row = Element.of("tr");
            cells.forEach(cell -> row.add(cell.in("td")));
            body.add(row);
        }
        Element table = Element.of("table").add(Element.of("thead").add(head), body);
        return Element.of("section", "scroll").add(Element.of("br"), table);
    }

    private TimeAxis axis(double end) {
        return TimeAxis.clock(times.zero(), 0, Math.max(1, end));
    }

    private static double seconds(long micros) {
        return micros / SECOND_MICROS;
    }
}
