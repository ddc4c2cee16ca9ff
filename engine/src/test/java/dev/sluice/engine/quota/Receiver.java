package dev.sluice.engine.quota;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The platform's end of the wire: when units arrived, by one clock. Thread-safe. */
final class Receiver {
    private final List<Arrival> arrivals = Collections.synchronizedList(new ArrayList<>());

    void arrive(int units) {
        synchronized (arrivals) {
            arrivals.add(new Arrival(System.nanoTime(), units));
        }
    }

    /** The most units that any window of this length saw, both ends included. */
    long worstWindow(long windowMillis) {
        List<Arrival> seen = List.copyOf(arrivals);
        long worst = 0;
        long inside = 0;
        int oldest = 0;
        for (Arrival newest : seen) {
            inside += newest.units();
            while (newest.atNanos() - seen.get(oldest).atNanos() >= windowMillis * 1_000_000) {
                inside -= seen.get(oldest++).units();
            }
            worst = Math.max(worst, inside);
        }
        return worst;
    }

    long total() {
        return List.copyOf(arrivals).stream().mapToLong(Arrival::units).sum();
    }

    private record Arrival(long atNanos, int units) {}
}
