package dev.sluice.engine.campaign;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A people file as CSV (RFC 4180, UTF-8, with or without a byte order mark). The first line names the columns; one of them is {@code recipient}, {@code userid} or
 * {@code user_id}, the others are for people and ignored here. Blank lines are no rows.
 */
final class CsvPeople implements PeopleSource {
    private static final Set<String> NAMES = Set.of("recipient", "userid", "user_id");
    /** One field with its quotes; a people file has names in it, not novels. An unclosed quote ends here instead of eating the file. */
    private static final int MOST_FIELD_CHARS = 16 * 1024;
    /** One row with all its fields, which are in memory together: as long as a line of JSON may be. */
    private static final int MOST_ROW_CHARS = 256 * 1024;

    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final int column;

    CsvPeople(InputStream bytes) throws IOException {
        reader = CsvReader.builder()
                .maxBufferSize(MOST_FIELD_CHARS)
                .allowUnclosedQuote(false)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(true)
                .build(
                        CsvRecordHandler.of(
                                row -> row.maxFieldSize(MOST_FIELD_CHARS).maxRecordSize(MOST_ROW_CHARS)),
                        bytes);
        records = reader.iterator();
        column = column();
    }

    @Override
    public Cell next() throws IOException {
        try {
            if (!records.hasNext()) {
                return null;
            }
            CsvRecord row = records.next();
            int line = (int) row.getStartingLineNumber();
            return column < row.getFieldCount()
                    ? new Cell(line, row.getField(column), null)
                    : new Cell(line, String.join(",", row.getFields()), "The row has no column for the recipient.");
        } catch (CsvParseException broken) {
            throw unreadable();
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private int column() throws IOException {
        try {
            List<String> names = records.hasNext() ? records.next().getFields() : List.of();
            for (int i = 0; i < names.size(); i++) {
                if (NAMES.contains(names.get(i).strip().toLowerCase(Locale.ROOT))) {
                    return i;
                }
            }
        } catch (CsvParseException broken) {
            throw unreadable();
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
        throw new ProblemException(
                ProblemType.INVALID_REQUEST,
                "The first line must name the columns; one of them must be recipient, userid or user_id.");
    }

    private static BrokenUpload unreadable() {
        return BrokenUpload.unreadable(
                "The file is no CSV from here on: a quote is not closed, text follows a closed one, a field is longer than "
                        + MOST_FIELD_CHARS + " characters, or a row than " + MOST_ROW_CHARS + ".");
    }
}
