package dev.sluice.loadtest.load.sampling;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.loadtest.load.stage.LoadStage;
import dev.sluice.loadtest.report.data.StageSample;
import dev.sluice.loadtest.verdict.DuringRun;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at a stage of our own: its rows, its platform, its nodes, its machine. For one thread; closed by any. */
public final class StageLooks implements Supplier<EngineLook>, AutoCloseable {
    /** The database's size is a look at each of its files. */
    private static final int SIZE_EVERY = 5;

    private final Rows rows;
    private final Counters counters;
    private final PlatformTail platform;
    private final HttpClient http = HttpClient.newHttpClient();
    private final NodeGauges gauges;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long looks;
    private long settled;
    private long bytes;
    private Map<String, Long> waiting = Map.of();

    /** At a stage that runs. */
    public StageLooks(LoadStage stage) {
        this.rows = new Rows(stage);
        this.counters = new Counters(stage.pool());
        this.platform = new PlatformTail(stage.simulator());
        this.gauges = new NodeGauges(stage.nodes(), http);
        // It tells the load since it was last asked, and the first time nothing.
        system.getCpuLoad();
    }

    @Override
    public EngineLook get() {
        gauges.ask();
        platform.follow();
        readRows();
        return new EngineLook(
                settled,
                Optional.of(new StageSample(
                        platform.shown(),
                        platform.calls(),
                        waiting,
                        platform.quotaUse(),
                        platform.fillRatio(),
                        cpuShare(),
                        gauges.heapBytes(),
                        bytes)));
    }

    /** What was seen so far. */
    public DuringRun seen() {
        return new DuringRun(counters.compared(), counters.differing(), gauges.queues(), gauges.heap());
    }

    private double cpuShare() {
        double busy = system.getCpuLoad();
        return busy < 0 ? Double.NaN : busy;
    }

    private void readRows() {
        try {
            settled = rows.settled();
            waiting = rows.waitingByGate();
            counters.look();
            if (looks++ % SIZE_EVERY == 0) {
                bytes = rows.bytes();
            }
        } catch (Exception storesAway) {
            // A store that is away is part of some scenarios: what was known stays.
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
