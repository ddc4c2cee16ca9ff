package dev.sluice.engine.campaign;

import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.StrictJson;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A people file as lines of JSON: {@code {"recipient": "zhangsan"}}, where {@code userid} and {@code user_id} mean the same; other fields are ignored, blank lines are no rows. */
final class NdjsonPeople implements PeopleSource {
    private static final String[] NAMES = {"recipient", "userid", "user_id"};

    private final LineReader lines;

    NdjsonPeople(LineReader lines) {
        this.lines = lines;
    }

    @Override
    public Cell next() throws IOException {
        byte[] line = lines.next();
        while (line != null && isBlank(line)) {
            line = lines.next();
        }
        return line == null ? null : cell(lines.number(), line);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static boolean isBlank(byte[] line) {
        for (byte unit : line) {
            if (unit != ' ' && unit != '\t') {
                return false;
            }
        }
        return true;
    }

    private static Cell cell(int number, byte[] line) {
        try {
            JsonObject row = StrictJson.object(line);
            for (String name : NAMES) {
                if (row.getValue(name) instanceof String recipient) {
                    return new Cell(number, recipient, null);
                }
            }
            return new Cell(number, row.encode(), "The line has no text named recipient, userid or user_id.");
        } catch (ProblemException broken) {
            return new Cell(number, new String(line, StandardCharsets.UTF_8), broken.getMessage());
        }
    }
}
