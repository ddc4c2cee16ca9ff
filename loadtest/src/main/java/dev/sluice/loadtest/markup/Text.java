package dev.sluice.loadtest.markup;

/**
 * Words of a page.
 *
 * @param value as people wrote it: anything
 */
public record Text(String value) implements Node {
    private static final char REPLACEMENT = '\uFFFD';

    @Override
    public void render(StringBuilder out) {
        escape(value, out);
    }

    /** Appends a value so that it is itself both between tags and in a quoted attribute. What XML cannot carry is replaced. */
    static void escape(String value, StringBuilder out) {
        value.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isAllowed(character) ? character : REPLACEMENT);
            }
        });
    }

    /** The characters of XML 1.0, section 2.2. */
    private static boolean isAllowed(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
