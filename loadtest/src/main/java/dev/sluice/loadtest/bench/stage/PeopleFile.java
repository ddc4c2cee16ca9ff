package dev.sluice.loadtest.bench.stage;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** People files as tenants have them. */
public final class PeopleFile {
    private PeopleFile() {}

    /** A CSV of {@code user000001} and on, with a column of names, in a temporary file. */
    public static Path of(int people) {
        try {
            Path file = Files.createTempFile("people", ".csv");
            file.toFile().deleteOnExit();
            try (BufferedWriter rows = Files.newBufferedWriter(file)) {
                rows.write("userid,name\n");
                for (int i = 1; i <= people; i++) {
                    rows.write(user(i) + ",张伟 Zhang Wei\n");
                }
            }
            return file;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public static String user(int number) {
        return "user%06d".formatted(number);
    }
}
