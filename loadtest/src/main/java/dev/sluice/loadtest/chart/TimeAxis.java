package dev.sluice.loadtest.chart;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A level axis of seconds.
 *
 * @param from second at its left end
 * @param to second at its right end, after the left one
 * @param zero the time of second 0, to show times of day; without it, durations are shown
 */
public record TimeAxis(double from, double to, Optional<LocalDateTime> zero) implements LevelAxis {
    private static final int STEPS = 8;
    private static final Label NAME = new Label("Time", "时间");
    /** A line breaks where it would cross more than this share of the axis, or so many seconds, without a point. */
    private static final double GAP_SHARE = 1.0 / 30;

    private static final double GAP_SECONDS = 10;
    private static final int DAY_SECONDS = 86_400;
    private static final int HOUR_SECONDS = 3_600;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    public TimeAxis {
        if (!(to > from)) {
            throw new IllegalArgumentException(
                    "a time axis must end after it begins, not from %s to %s".formatted(from, to));
        }
    }

    /** Shows the time since second 0. */
    public static TimeAxis elapsed(double from, double to) {
        return new TimeAxis(from, to, Optional.empty());
    }

    /** Shows the time of day. */
    public static TimeAxis clock(LocalDateTime zero, double from, double to) {
        return new TimeAxis(from, to, Optional.of(zero));
    }

    @Override
    public Label name() {
        return NAME;
    }

    @Override
    public double gap() {
        return Math.max(GAP_SECONDS, span() * GAP_SHARE);
    }

    /** Seconds with a line, at round times of the clock that is shown. */
    @Override
    public List<Double> ticks() {
        double step = Ticks.timeStep(span(), STEPS);
        double offset =
                zero.map(time -> (double) time.toLocalTime().toSecondOfDay()).orElse(0.0);
        return Ticks.multiples(from + offset, to + offset, step).stream()
                .map(tick -> tick - offset)
                .toList();
    }

    @Override
    public String text(double second) {
        return zero.map(time -> clockText(time, second)).orElseGet(() -> elapsedText(Math.round(second)));
    }

    private String clockText(LocalDateTime zeroTime, double second) {
        LocalDateTime time = zeroTime.plusSeconds(Math.round(second));
        if (span() > DAY_SECONDS) {
            return DAY.format(time);
        }
        return (time.getSecond() == 0 ? MINUTE : SECOND).format(time);
    }

    private String elapsedText(long second) {
        long minutes = second / 60;
        return to < HOUR_SECONDS
                ? String.format(Locale.ROOT, "%d:%02d", minutes, second % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", minutes / 60, minutes % 60, second % 60);
    }
}
