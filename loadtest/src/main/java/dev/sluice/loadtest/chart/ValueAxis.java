package dev.sluice.loadtest.chart;

import java.util.List;
import java.util.stream.Stream;

/**
 * The upright axis.
 *
 * @param unit of its values
 * @param bottom value at its foot
 * @param top value at its head
 * @param logarithmic equal steps are equal factors, for values that spread over orders of magnitude; bottom is then above 0
 * @param ticks where it has lines
 */
public record ValueAxis(Unit unit, double bottom, double top, boolean logarithmic, List<Double> ticks) {
    private static final int STEPS = 5;
    private static final double LEAST_MILLIS = 1;

    /** From 0 to the first round value that nothing passes. */
    public static ValueAxis upTo(Unit unit, double most) {
        double reach = most > 0 ? most : 1;
        double step = unit == Unit.BYTES ? Ticks.binaryStep(reach, STEPS) : Ticks.step(reach, STEPS);
        double top = Math.ceil(reach / step - 1e-9) * step;
        return new ValueAxis(unit, 0, top, false, Ticks.multiples(0, top, step));
    }

    /** Powers of ten, from the one below the least positive value to the one above the most. */
    static ValueAxis logarithmic(Unit unit, List<Series> series) {
        double least =
                values(series).filter(value -> value > 0).min(Double::compare).orElse(LEAST_MILLIS);
        double most = Math.max(values(series).max(Double::compare).orElse(least), least);
        double bottom = Math.pow(10, Math.floor(Math.log10(least)));
        double top = Math.max(Math.pow(10, Math.ceil(Math.log10(most))), bottom * 10);
        return new ValueAxis(unit, bottom, top, true, Ticks.powers(bottom, top));
    }

    private static Stream<Double> values(List<Series> series) {
        return series.stream().flatMap(one -> one.points().stream().map(Point::y));
    }

    /** What stands beside a tick. */
    public String text(double tick) {
        return unit.tick(tick);
    }

    /** Where a value is: 0 at the foot, 1 at the head; what is outside is put at the end. */
    public double place(double value) {
        double clamped = Math.clamp(value, bottom, top);
        return logarithmic ? Math.log(clamped / bottom) / Math.log(top / bottom) : (clamped - bottom) / (top - bottom);
    }
}
