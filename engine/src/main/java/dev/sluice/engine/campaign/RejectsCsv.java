package dev.sluice.engine.campaign;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.vertx.core.json.JsonObject;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;

/** Refused rows as CSV, for people with a spreadsheet: a text that such a program would take for a formula is defused. */
final class RejectsCsv {
    /** The wide ones count as well where the spreadsheet speaks Chinese or Japanese. */
    private static final String FORMULA_BEGINS = "=+-@\t\r\n＝＋－＠";

    private RejectsCsv() {}

    static String of(List<JsonObject> rejects) {
        StringWriter text = new StringWriter();
        // Without a buffer of its own: what stood in one at the end would be lost.
        CsvWriter writer = CsvWriter.builder().bufferSize(0).build(text);
        writer.writeRecord("row", "line", "verdict", "text");
        for (JsonObject reject : rejects) {
            writer.writeRecord(
                    reject.getInteger("row").toString(),
                    Objects.toString(reject.getInteger("line"), ""),
                    reject.getString("verdict"),
                    defused(reject.getString("text")));
        }
        return text.toString();
    }

    private static String defused(String text) {
        return !text.isEmpty() && FORMULA_BEGINS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
