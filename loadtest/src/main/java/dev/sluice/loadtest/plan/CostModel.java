package dev.sluice.loadtest.plan;

import dev.sluice.loadtest.plan.virtual.Pace;
import dev.sluice.loadtest.scenario.StageSpec.LatencyRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** What things cost on a machine, as it was measured: each figure with the command and the day. */
public final class CostModel {
    private static final String RESOURCE = "plan/costs.yaml";

    private record Measured(double value, String command, String day) {}

    private final Map<CostFigure, Measured> figures;

    private CostModel(Map<CostFigure, Measured> figures) {
        this.figures = figures;
    }

    /** The figures of this build. */
    public static CostModel measured() {
        try (InputStream in = CostModel.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            return new CostModel(new EnumMap<>(CostFigure.class))
                    .over(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same with the figures of another file, such as {@code ./sluice bench cost} writes: what it does not name stays.
     *
     * @param yaml {@code name: {value: 1.5, command: ..., day: ...}}, a line for each figure
     * @throws IllegalArgumentException says in a sentence what is wrong with it
     */
    public CostModel over(String yaml) {
        Map<CostFigure, Measured> all = new EnumMap<>(CostFigure.class);
        all.putAll(figures);
        map(parsed(yaml), "a figure a line").forEach((name, entry) -> all.put(figure(name), read(name, entry)));
        return new CostModel(all);
    }

    private static Object parsed(String yaml) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (YAMLException notYaml) {
            throw new IllegalArgumentException(
                    "it is no YAML: " + notYaml.getMessage().lines().findFirst().orElse(""), notYaml);
        }
    }

    private static Map<?, ?> map(Object value, String wanted) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(
                "it must hold %s, as in callBytes: {value: 560.5, command: ..., day: ...}".formatted(wanted));
    }

    private static CostFigure figure(Object name) {
        return Arrays.stream(CostFigure.values())
                .filter(figure -> figure.key().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it names %s; there are %s"
                        .formatted(
                                name,
                                Arrays.stream(CostFigure.values())
                                        .map(CostFigure::key)
                                        .collect(Collectors.joining(", ")))));
    }

    private static Measured read(Object name, Object entry) {
        Map<?, ?> fields = map(entry, "a value for " + name);
        if (fields.get("value") instanceof Number number && number.doubleValue() >= 0) {
            return new Measured(
                    number.doubleValue(), String.valueOf(fields.get("command")), String.valueOf(fields.get("day")));
        }
        throw new IllegalArgumentException("the value of %s must be a number from 0 on".formatted(name));
    }

    /** The same with a figure of this very machine. */
    public CostModel with(CostFigure figure, double value, String source) {
        Map<CostFigure, Measured> others = new EnumMap<>(figures);
        others.put(
                figure,
                new Measured(value, source, LocalDate.now(ZoneOffset.UTC).toString()));
        return new CostModel(others);
    }

    /** A figure. */
    public double value(CostFigure figure) {
        return figures.get(figure).value();
    }

    /** How and when it was measured. */
    public String source(CostFigure figure) {
        Measured measured = figures.get(figure);
        return measured.command() + ", " + measured.day();
    }

    /**
     * How long things take that are not limits.
     *
     * @param finite whether a node's processors may become a limit themselves
     */
    Pace pace(LatencyRange platform, boolean finite) {
        return new Pace(
                platform.fromMillis() * 1_000L,
                platform.toMillis() * 1_000L,
                Math.round(value(CostFigure.CALL_OVERHEAD_MILLIS) * 1_000),
                value(CostFigure.CALL_CPU_MICROS),
                value(CostFigure.DELIVERY_CPU_MICROS),
                finite ? value(CostFigure.CORES_OF_A_NODE) : 0);
    }
}
