package dev.sluice.loadtest.load.sampling;

import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.load.sending.ClientLog;
import dev.sluice.loadtest.report.data.LatencySeries;
import dev.sluice.loadtest.report.data.Sample;
import dev.sluice.loadtest.scenario.LoadKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Takes a sample each second until it is closed. {@link #close()} waits for the last one; what was taken is read after that. */
public final class Sampler implements AutoCloseable {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final double NANOS_PER_MILLI = 1e6;

    private final ClientLog log;
    private final Supplier<EngineLook> engine;
    private final long startNanos;
    private final Consumer<Sample> listener;
    private final List<Sample> samples = new ArrayList<>();
    private final Map<LoadKind, List<LatencySeries.Point>> points = new EnumMap<>(LoadKind.class);
    private final Thread thread;
    private volatile boolean over;

    /**
     * @param engine asked once for each sample, on the sampler's thread
     * @param startNanos when the load begins, on the clock of {@link System#nanoTime()}
     * @param listener told about each sample, on the sampler's thread
     */
    public Sampler(ClientLog log, Supplier<EngineLook> engine, long startNanos, Consumer<Sample> listener) {
        this.log = log;
        this.engine = engine;
        this.startNanos = startNanos;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("sampler").start(this::run);
    }

    private void run() {
        for (long second = 1; !over; second++) {
            Patience.pause(Math.max(0, (startNanos + second * SECOND_NANOS - System.nanoTime()) / 1_000_000));
            take();
            second = Math.max(second, (System.nanoTime() - startNanos) / SECOND_NANOS);
        }
    }

    private void take() {
        double second = (System.nanoTime() - startNanos) / (double) SECOND_NANOS;
        // Before the engine is asked: with a store away its answer takes seconds, and the client's figures would be
        // those of later.
        long offered = log.offered();
        long accepted = log.accepted();
        long refused = log.refused();
        for (LoadKind kind : LoadKind.values()) {
            note(kind, second, log.recent(kind));
        }
        EngineLook look = engine.get();
        Sample sample = new Sample(second, offered, accepted, refused, look.settled(), look.stage());
        samples.add(sample);
        listener.accept(sample);
    }

    private void note(LoadKind kind, double second, Histogram took) {
        if (took.getTotalCount() > 0) {
            points.computeIfAbsent(kind, none -> new ArrayList<>())
                    .add(new LatencySeries.Point(
                            second,
                            took.getValueAtPercentile(50) / NANOS_PER_MILLI,
                            took.getValueAtPercentile(99) / NANOS_PER_MILLI,
                            took.getMaxValue() / NANOS_PER_MILLI));
        }
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All samples in order. */
    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** From intended start to 202, a series for each kind of load. */
    public List<LatencySeries> latencies() {
        return points.entrySet().stream()
                .map(series -> new LatencySeries(
                        series.getKey().name().toLowerCase(Locale.ROOT) + " to 202", series.getValue()))
                .toList();
    }
}
