package dev.sluice.loadtest.load.fault;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.load.stage.LoadStage;
import dev.sluice.loadtest.load.stage.NodeProcess;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.report.data.Event;
import dev.sluice.loadtest.scenario.Fault;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.fault.Latency;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes the faults of a scenario at their times, and ends them. {@link #run} blocks; the rest may be called from any thread. */
public final class Troubles {
    private static final int UNAVAILABLE = 503;

    private record Step(double atSeconds, Label text, Runnable action) {}

    private final LoadStage stage;
    private final List<LoadTenant> tenants;
    private final List<Step> steps = new ArrayList<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile long startNanos;

    public Troubles(Scenario scenario, LoadStage stage, List<LoadTenant> tenants) {
        this.stage = stage;
        this.tenants = tenants;
        scenario.faults().forEach(fault -> plan(fault, scenario.seed()));
        steps.sort(Comparator.comparingDouble(Step::atSeconds));
    }

    /** What was done so far. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /**
     * Does everything at its time; returns when all is over.
     *
     * @param startNanos when the load begins, on the clock of {@link System#nanoTime()}
     */
    public void run(long startNanos) {
        this.startNanos = startNanos;
        for (Step step : steps) {
            long dueNanos = startNanos + (long) (step.atSeconds() * 1e9);
            Patience.pause(Math.max(0, (dueNanos - System.nanoTime()) / 1_000_000));
            note(step.text());
            step.action().run();
        }
    }

    private void note(Label text) {
        events.add(new Event((System.nanoTime() - startNanos) / 1e9, text.english(), text.chinese()));
    }

    private void plan(Fault fault, long seed) {
        switch (fault.kind()) {
            case KILL_NODE -> {
                NodeProcess node = stage.nodes().get(fault.node() - 1);
                between(
                        fault,
                        new Label("kill -9 of node " + fault.node(), "kill -9 强杀节点 " + fault.node()),
                        node::kill,
                        new Label("node " + fault.node() + " starts again", "节点 " + fault.node() + " 重新启动"),
                        () -> restart(node, fault.node()));
            }
            case FREEZE_NODE -> {
                NodeProcess node = stage.nodes().get(fault.node() - 1);
                between(
                        fault,
                        new Label("SIGSTOP of node " + fault.node(), "SIGSTOP 冻结节点 " + fault.node()),
                        node::freeze,
                        new Label("SIGCONT of node " + fault.node(), "SIGCONT 唤醒节点 " + fault.node()),
                        node::thaw);
            }
            case FLUSH_REDIS -> steps.add(new Step(fault.atSeconds(), Label.same("FLUSHALL"), stage::flushRedis));
            case RESTART_POSTGRES ->
                between(
                        fault,
                        new Label("Postgres stops", "Postgres 停止"),
                        stage::stopPostgres,
                        new Label("Postgres starts", "Postgres 启动"),
                        stage::startPostgres);
            case KILL_POSTGRES ->
                between(
                        fault,
                        new Label("kill -9 of Postgres", "kill -9 强杀 Postgres"),
                        stage::killPostgres,
                        new Label("Postgres recovers", "Postgres 恢复"),
                        stage::startPostgres);
            case PLATFORM_SLOW ->
                rule(
                        fault,
                        seed,
                        100,
                        new Label("answers take longer", "平台应答变慢"),
                        new Effect.DelayAfter(new Latency.Fixed(fault.millis())));
            case PLATFORM_DOWN ->
                rule(
                        fault,
                        seed,
                        100,
                        new Label("HTTP 503 to every call", "所有调用均返回 HTTP 503"),
                        Effect.serverError(UNAVAILABLE));
            case ANSWERS_LOST ->
                rule(fault, seed, fault.percent(), new Label("answers get lost", "应答丢失"), new Effect.ResponseLost());
            case REVOKE_CREDENTIALS ->
                steps.add(new Step(
                        fault.atSeconds(),
                        new Label("credentials of " + fault.tenants() + " stop working", fault.tenants() + " 的凭证失效"),
                        () -> revoke(fault.tenants())));
        }
    }

    /** The next trouble does not wait for it. The verdict counts one that ends by itself. */
    private void restart(NodeProcess node, int number) {
        node.start();
        Thread.ofVirtual().start(() -> {
            try {
                node.awaitReady();
            } catch (IllegalStateException away) {
                note(new Label("node " + number + " does not come back", "节点 " + number + " 未能恢复"));
            }
        });
    }

    private void rule(Fault fault, long seed, int percent, Label text, Effect effect) {
        long[] id = new long[1];
        between(
                fault,
                text,
                () -> id[0] = stage.simulator().faults().add(FaultRule.share(percent, null, seed, effect)),
                new Label("over: ", "结束：").and(text),
                () -> stage.simulator().faults().remove(id[0]));
    }

    private void between(Fault fault, Label text, Runnable begin, Label endText, Runnable end) {
        steps.add(new Step(fault.atSeconds(), text, begin));
        steps.add(new Step(fault.atSeconds() + fault.forSeconds(), endText, end));
    }

    private void revoke(String group) {
        for (LoadTenant tenant : tenants) {
            if (tenant.group().name().equals(group)) {
                tenant.channels().forEach(channel -> revoke(tenant, channel));
            }
        }
    }

    private void revoke(LoadTenant tenant, LoadTenant.Channel channel) {
        App app = stage.simulator().directory().app(channel.appKey());
        stage.simulator()
                .directory()
                .addApp(App.of(tenant.corpId(), channel.appKey(), "another-secret", app.agentId()));
        stage.simulator().tokens().revoke(channel.appKey());
    }
}
