package dev.sluice.loadtest.plan;

import dev.sluice.loadtest.plan.virtual.Pace;
import dev.sluice.loadtest.scenario.StageSpec.LatencyRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What things cost on a machine, as it was measured: each figure with the command and the day. */
public final class CostModel {
    private static final String RESOURCE = "plan/costs.yaml";

    private final Map<String, Map<String, Object>> figures;

    private CostModel(Map<String, Map<String, Object>> figures) {
        this.figures = figures;
    }

    /** The figures of this build. */
    public static CostModel measured() {
        try (InputStream in = CostModel.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            return new CostModel(new Yaml(new SafeConstructor(new LoaderOptions())).load(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with a figure of this very machine. */
    public CostModel with(CostFigure figure, double value, String source) {
        Map<String, Map<String, Object>> others = new HashMap<>(figures);
        others.put(
                figure.key(),
                Map.of(
                        "value",
                        value,
                        "command",
                        source,
                        "day",
                        LocalDate.now(ZoneOffset.UTC).toString()));
        return new CostModel(others);
    }

    /** A figure. */
    public double value(CostFigure figure) {
        return ((Number) figures.get(figure.key()).get("value")).doubleValue();
    }

    /** How and when it was measured. */
    public String source(CostFigure figure) {
        Map<String, Object> entry = figures.get(figure.key());
        return entry.get("command") + ", " + entry.get("day");
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
