package dev.sluice.engine.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectsCsvTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 200, 5_000})
    void everyRefusedRowIsThereHoweverFewOrManyThereAre(int rows) {
        List<JsonObject> rejects = IntStream.rangeClosed(1, rows)
                .mapToObj(row -> reject(row, "duplicate", "user%06d".formatted(row)))
                .toList();

        String[] lines = RejectsCsv.of(rejects).split("\r\n");

        assertThat(lines).hasSize(rows + 1).startsWith("row,line,verdict,text");
        if (rows > 0) {
            assertThat(lines[rows]).isEqualTo("%d,%d,duplicate,user%06d".formatted(rows, rows + 1, rows));
        }
    }

    @Test
    void aTextThatASpreadsheetWouldRunIsDefused() {
        assertThat(RejectsCsv.of(List.of(reject(1, "invalid", "=1+1"), reject(2, "invalid", "a,\"b\""))))
                .isEqualTo("row,line,verdict,text\r\n1,2,invalid,'=1+1\r\n2,3,invalid,\"a,\"\"b\"\"\"\r\n");
        assertThat(RejectsCsv.of(List.of(reject(1, "invalid", "＝1+1")))).contains(",'＝1+1");
    }

    private static JsonObject reject(int row, String verdict, String text) {
        return new JsonObject()
                .put("row", row)
                .put("line", row + 1)
                .put("verdict", verdict)
                .put("text", text);
    }
}
