package dev.sluice.loadtest.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Amounts over time in a bounded number of equal stretches: when time runs out of them, two become one. Memory does not grow with how long or how much.
 */
public final class Timeline {
    /** Enough for a picture; half shows too little of a minute within an hour. */
    private static final int STRETCHES = 240;

    private static final long FIRST_WIDTH_MICROS = 100_000;

    private final Map<String, double[]> amounts = new TreeMap<>();
    private long widthMicros = FIRST_WIDTH_MICROS;
    private int used;
    private long endMicros;

    /** How long a stretch is. */
    public long widthMicros() {
        return widthMicros;
    }

    /** How many stretches have passed. */
    public int stretches() {
        return used;
    }

    /** When the last of it was, which may be well before the last stretch ends. */
    public long endMicros() {
        return endMicros;
    }

    /** The names of what was added. */
    public List<String> names() {
        return new ArrayList<>(amounts.keySet());
    }

    /** What was added under a name, for each stretch. */
    public double amount(String name, int stretch) {
        double[] own = amounts.get(name);
        return own == null ? 0 : own[stretch];
    }

    /** Adds at a moment. */
    void add(String name, long atMicros, double amount) {
        endMicros = Math.max(endMicros, atMicros);
        int stretch = stretchOf(atMicros);
        amounts.computeIfAbsent(name, key -> new double[STRETCHES])[stretch] += amount;
    }

    /** Adds the microseconds of a stretch of time, each where it belongs. */
    void addTime(String name, long fromMicros, long toMicros) {
        endMicros = Math.max(endMicros, toMicros);
        int last = stretchOf(Math.max(fromMicros, toMicros - 1));
        double[] own = amounts.computeIfAbsent(name, key -> new double[STRETCHES]);
        for (int i = (int) (fromMicros / widthMicros); i <= last; i++) {
            own[i] += Math.min(toMicros, (i + 1) * widthMicros) - Math.max(fromMicros, i * widthMicros);
        }
    }

    private int stretchOf(long micros) {
        while (micros / widthMicros >= STRETCHES) {
            widthMicros *= 2;
            used = (used + 1) / 2;
            amounts.values().forEach(Timeline::halve);
        }
        int stretch = (int) (micros / widthMicros);
        used = Math.max(used, stretch + 1);
        return stretch;
    }

    private static void halve(double[] own) {
        for (int i = 0; i < STRETCHES; i++) {
            own[i] = i < STRETCHES / 2 ? own[2 * i] + own[2 * i + 1] : 0;
        }
    }
}
