package dev.sluice.engine.channel.dingtalk;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Codes and what they mean. A code that ends in {@code *} stands for all that begin so; a whole code wins over it, a longer beginning over a shorter. */
final class CodeTable {
    /**
     * One line of the table.
     *
     * @param code the platform's code
     * @param meaning what it means for us
     * @param says what the platform means by it
     * @param source the page that says so
     */
    record Row(String code, Meaning meaning, String says, String source) {}

    private final Map<String, Row> whole = new HashMap<>();
    private final TreeMap<String, Row> beginnings = new TreeMap<>();

    @SafeVarargs
    CodeTable(List<Row>... parts) {
        for (List<Row> part : parts) {
            part.forEach(this::add);
        }
    }

    private void add(Row row) {
        String key = row.code().toLowerCase(Locale.ROOT);
        Row before = key.endsWith("*") ? beginnings.put(key.substring(0, key.length() - 1), row) : whole.put(key, row);
        if (before != null) {
            throw new IllegalArgumentException("code " + row.code() + " stands twice in the table");
        }
    }

    /** What a code means, if the table knows it. The newer family's codes come in several capitalisations, so case does not count. */
    Optional<Meaning> meaning(String code) {
        String key = code.toLowerCase(Locale.ROOT);
        Row row = whole.get(key);
        if (row == null) {
            row = beginnings.descendingMap().entrySet().stream()
                    .filter(beginning -> key.startsWith(beginning.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }
        return Optional.ofNullable(row).map(Row::meaning);
    }

    /** All whole codes. */
    Collection<Row> rows() {
        return whole.values();
    }
}
