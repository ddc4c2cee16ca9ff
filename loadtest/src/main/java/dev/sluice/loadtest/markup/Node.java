package dev.sluice.loadtest.markup;

/** A part of a page. */
public sealed interface Node permits Element, Text, Source {
    /** Appends the markup of this part. */
    void render(StringBuilder out);
}
