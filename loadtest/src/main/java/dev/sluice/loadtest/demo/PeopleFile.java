package dev.sluice.loadtest.demo;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.sluice.simulator.directory.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A people file on disk: what is uploaded, and whom the simulated platform knows. CSV with a column {@code recipient}, {@code userid} or {@code user_id}; an
 * optional column {@code standing} says how the platform knows somebody ({@code member}, {@code unknown}, {@code out-of-scope}, {@code protected}).
 *
 * @param path where
 * @param people its lines, in order
 * @param made by the demo: the engine has to take every line of it
 */
public record PeopleFile(Path path, List<Person> people, boolean made) {
    /** That many take the platform forty minutes. */
    private static final int MOST_PEOPLE = 200_000;

    private static final List<String> RECIPIENT_COLUMNS = List.of("recipient", "userid", "user_id");
    private static final String NAME_COLUMN = "name";
    private static final String STANDING_COLUMN = "standing";

    public PeopleFile {
        people = List.copyOf(people);
    }

    /** Reads and checks a file. */
    public static PeopleFile read(Path path) throws PeopleInvalid {
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(path)) {
            List<Person> people = new ArrayList<>();
            for (NamedCsvRecord row : reader) {
                refuseOpenQuote(row, path);
                people.add(person(row, path));
                if (people.size() > MOST_PEOPLE) {
                    throw new PeopleInvalid(
                            "%s has more than %,d people; the demo takes fewer".formatted(path, MOST_PEOPLE));
                }
            }
            if (people.isEmpty()) {
                throw new PeopleInvalid(path + " names nobody: it needs a header line and at least one person");
            }
            return new PeopleFile(path, people, false);
        } catch (NoSuchFileException e) {
            throw new PeopleInvalid(path + " does not exist");
        } catch (CsvParseException e) {
            throw new PeopleInvalid(path + " is no CSV: " + reason(e));
        } catch (IOException | UncheckedIOException e) {
            throw new PeopleInvalid(path + " cannot be read: is it a UTF-8 text file, and readable?");
        }
    }

    /** A quote that nobody closes takes all that follows into its field. */
    private static void refuseOpenQuote(NamedCsvRecord row, Path path) throws PeopleInvalid {
        if (row.getFields().stream().anyMatch(field -> field.contains("\n"))) {
            throw new PeopleInvalid("%s, line %d: a field goes on in the next line: is a quote not closed?"
                    .formatted(path, row.getStartingLineNumber()));
        }
    }

    private static Person person(NamedCsvRecord row, Path path) throws PeopleInvalid {
        String column = column(row, RECIPIENT_COLUMNS)
                .orElseThrow(() ->
                        new PeopleInvalid(path + ": its first line must name a column recipient, userid or user_id"));
        String name = column(row, List.of(NAME_COLUMN)).flatMap(row::findField).orElse("");
        String standing =
                column(row, List.of(STANDING_COLUMN)).flatMap(row::findField).orElse("");
        return new Person(row.findField(column).orElse("").strip(), name, standing(standing, row, path));
    }

    private static Optional<String> column(NamedCsvRecord row, List<String> names) {
        return row.getHeader().stream()
                .filter(name -> names.contains(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static Standing standing(String word, NamedCsvRecord row, Path path) throws PeopleInvalid {
        if (word.isBlank()) {
            return Standing.MEMBER;
        }
        for (Standing standing : Standing.values()) {
            if (word(standing).equals(word.strip().toLowerCase(Locale.ROOT))) {
                return standing;
            }
        }
        throw new PeopleInvalid("%s, line %d: standing must be %s, not \"%s\""
                .formatted(
                        path,
                        row.getStartingLineNumber(),
                        Arrays.stream(Standing.values()).map(PeopleFile::word).collect(Collectors.joining(", ")),
                        word));
    }

    private static String word(Standing standing) {
        return switch (standing) {
            case MEMBER -> "member";
            case OUT_OF_SCOPE -> "out-of-scope";
            case SUPER_EXECUTIVE -> "protected";
            case UNKNOWN -> "unknown";
        };
    }

    private static String reason(CsvParseException e) {
        return e.getMessage() == null
                ? "it is broken"
                : e.getMessage().lines().findFirst().orElse("");
    }

    /** Writes people as such a file. */
    static PeopleFile write(Path path, List<Person> people) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        try (CsvWriter writer = CsvWriter.builder().build(path)) {
            writer.writeRecord(RECIPIENT_COLUMNS.getFirst(), NAME_COLUMN, STANDING_COLUMN);
            for (Person person : people) {
                writer.writeRecord(person.recipient(), person.name(), word(person.standing()));
            }
        }
        return new PeopleFile(path, people, true);
    }
}
