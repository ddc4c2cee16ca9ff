package dev.sluice.loadtest.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of a run and what belongs below it, as Markdown that also reads well on a terminal. Figures are shown as they come. */
public final class Report {
    private static final List<String> HEADER = List.of("What", "Median", "Spread", "Runs", "Note");
    private static final String JSON = "json";
    private static final String COSTS = "costs.yaml";

    private final PrintWriter out;
    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, Double> coefficients = new LinkedHashMap<>();
    private final List<Curve> curves = new ArrayList<>();
    private final StringBuilder appendix = new StringBuilder();
    private String postgres = "none";
    /** What is being measured; empty before and after. */
    private Optional<Part> underWay = Optional.empty();

    /** @param out the terminal */
    public Report(PrintWriter out) {
        this.out = out;
    }

    /** A part is measured from now on. */
    public void begin(Part part) {
        underWay = Optional.of(part);
    }

    /** All parts were. */
    public void end() {
        underWay = Optional.empty();
    }

    /** Whether nothing was measured yet. */
    public boolean isEmpty() {
        return figures.isEmpty();
    }

    /** Says which Postgres the figures are of. */
    public void postgres(String build) {
        postgres = build;
    }

    /** Says what is going on. */
    public void progress(String sentence) {
        out.println("… " + sentence);
        out.flush();
    }

    /** Adds a line to the table. */
    public void add(Figure figure) {
        figures.add(figure);
        out.println("  " + String.join(" | ", figure.cells()));
        out.flush();
    }

    /** Adds a figure that the planner reads, under its name there. */
    public void coefficient(String name, double value) {
        coefficients.put(name, value);
        progress(String.format(Locale.ROOT, "%s: %.1f", name, value));
    }

    /** Adds a picture, in a file of its own beside the table. */
    public void curve(Curve curve) {
        curves.add(curve);
    }

    /** Adds a section below the table, in the file only. */
    public void appendix(String title, String body) {
        appendix.append("\n### ").append(title).append("\n\n```\n").append(body).append("\n```\n");
    }

    /** The table with the machine's facts above it. */
    public String text(Machine machine, String command) {
        StringBuilder text = new StringBuilder();
        machine.lines(command).forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("- Postgres: ").append(postgres).append('\n');
        underWay.ifPresent(part -> text.append("- NOT COMPLETE: it failed in ")
                .append(word(part))
                .append("; the figures are those that were measured before\n"));
        text.append('\n');
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        figures.forEach(figure -> rows.add(figure.cells()));
        int[] widths = widths(rows);
        for (int i = 0; i < rows.size(); i++) {
            line(text, rows.get(i), widths);
            if (i == 0) {
                line(text, HEADER.stream().map(name -> "---").toList(), widths);
            }
        }
        return text.toString();
    }

    /** Writes table and sections to a file, and the figures for machines to the same name with {@code .json}. */
    public void write(Path file, Machine machine, String command) throws IOException {
        Files.writeString(file, "## Benchmark\n\n" + text(machine, command) + appendix);
        Files.writeString(besideAs(file, JSON), json(machine, command).encodePrettily() + "\n");
        for (Curve curve : curves) {
            Files.writeString(besideAs(file, svg(curve.id())), curve.svg());
        }
        if (!coefficients.isEmpty()) {
            Files.writeString(besideAs(file, COSTS), costs(machine, command));
        }
    }

    /**
     * Where {@link #write} may write beside the file.
     *
     * @param curves ids of the pictures that there may be
     */
    public static List<Path> beside(Path file, List<String> curves) {
        return Stream.concat(Stream.of(JSON, COSTS), curves.stream().map(Report::svg))
                .map(extension -> besideAs(file, extension))
                .toList();
    }

    private static String svg(String curve) {
        return curve + ".svg";
    }

    /** {@code results.md} and {@code json} give {@code results.json}. */
    private static Path besideAs(Path file, String extension) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + "." + extension);
    }

    /** What {@code ./sluice plan --costs} reads. */
    private String costs(Machine machine, String command) {
        StringBuilder text = new StringBuilder();
        coefficients.forEach((name, value) -> text.append(String.format(
                Locale.ROOT,
                "%s: {value: %.1f, command: \"%s\", day: \"%s\"}%n",
                name,
                value,
                command,
                machine.day())));
        return text.toString();
    }

    /** What the table says, in full precision. */
    JsonObject json(Machine machine, String command) {
        JsonArray list = new JsonArray();
        figures.forEach(figure -> list.add(figure.json()));
        return new JsonObject()
                .put("machine", machine.json(command))
                .put("postgres", postgres)
                .put("failedIn", underWay.map(Report::word).orElse(null))
                .put("figures", list);
    }

    private static String word(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static void line(StringBuilder text, List<String> cells, int[] widths) {
        text.append('|');
        for (int i = 0; i < cells.size(); i++) {
            text.append(' ')
                    .append(cells.get(i))
                    .append(" ".repeat(widths[i] - cells.get(i).length()))
                    .append(" |");
        }
        text.append('\n');
    }
}
