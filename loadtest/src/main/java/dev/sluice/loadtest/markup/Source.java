package dev.sluice.loadtest.markup;

/**
 * The text of a stylesheet or script of ours, which browsers read without unescaping.
 *
 * @param code without {@code <} and {@code &}: so it means the same to a reader of HTML and of XML, and cannot end its element
 */
public record Source(String code) implements Node {
    public Source {
        if (code.indexOf('<') >= 0 || code.indexOf('&') >= 0) {
            throw new IllegalArgumentException("a stylesheet or script with < or & cannot be put into a page");
        }
    }

    @Override
    public void render(StringBuilder out) {
        out.append(code);
    }
}
