package dev.sluice.loadtest.chart;

import java.util.List;

/**
 * A level axis of requests a second, from 0.
 *
 * @param to at its right end, above 0
 */
public record RateAxis(double to) implements LevelAxis {
    private static final int STEPS = 8;
    private static final Label NAME = new Label("Requests a second", "每秒请求数");

    public RateAxis {
        if (!(to > 0)) {
            throw new IllegalArgumentException("an axis of rates must end above 0, not at " + to);
        }
    }

    @Override
    public double from() {
        return 0;
    }

    @Override
    public Label name() {
        return NAME;
    }

    @Override
    public List<Double> ticks() {
        return Ticks.multiples(0, to, Ticks.step(to, STEPS));
    }

    @Override
    public String text(double perSecond) {
        return Unit.COUNT.text(perSecond);
    }

    /** Between two rates that were tried nothing is missing. */
    @Override
    public double gap() {
        return Double.POSITIVE_INFINITY;
    }
}
