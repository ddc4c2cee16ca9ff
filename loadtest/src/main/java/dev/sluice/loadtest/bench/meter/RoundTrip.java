package dev.sluice.loadtest.bench.meter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Mean time that nodes waited for an answer between two moments, from their own meters. */
public final class RoundTrip {
    private final List<Timer> timers;
    private final double secondsBefore;
    private final long callsBefore;
    private double meanSeconds;

    /** Begins. */
    public RoundTrip(List<? extends MeterRegistry> nodes) {
        timers = nodes.stream()
                .map(meters -> meters.get("sluice.call.answer")
                        .tag("kind", "dingtalk-work")
                        .timer())
                .toList();
        secondsBefore = seconds();
        callsBefore = calls();
    }

    /** Ends. */
    public void stop() {
        meanSeconds = (seconds() - secondsBefore) / (calls() - callsBefore);
    }

    /** Of a call between the two moments. */
    public double meanSeconds() {
        return meanSeconds;
    }

    private double seconds() {
        return timers.stream()
                .mapToDouble(timer -> timer.totalTime(TimeUnit.SECONDS))
                .sum();
    }

    private long calls() {
        return timers.stream().mapToLong(Timer::count).sum();
    }
}
