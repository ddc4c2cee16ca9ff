package dev.sluice.loadtest.markup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An element of HTML or SVG. What it renders to is well-formed XML as well as HTML. Names of elements and attributes are ours and are not
 * escaped; values are. Built by one thread, then rendered.
 */
public final class Element implements Node {
    /** Elements that HTML closes by itself. */
    private static final Set<String> VOID = Set.of("meta", "br", "hr", "col");

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Node> children = new ArrayList<>();

    private Element(String name) {
        this.name = name;
    }

    /** An empty one. */
    public static Element of(String name) {
        return new Element(name);
    }

    /** One with a class attribute. */
    public static Element of(String name, String cssClass) {
        return of(name).set("class", cssClass);
    }

    /** Sets an attribute. */
    public Element set(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    /** Sets an attribute to a number. */
    public Element set(String attribute, double value) {
        return set(attribute, Numbers.text(value));
    }

    /** Appends children. */
    public Element add(Node... nodes) {
        return add(List.of(nodes));
    }

    /** Appends children. */
    public Element add(Collection<? extends Node> nodes) {
        children.addAll(nodes);
        return this;
    }

    /** Appends words. */
    public Element text(String words) {
        return add(new Text(words));
    }

    @Override
    public void render(StringBuilder out) {
        out.append('<').append(name);
        attributes.forEach((attribute, value) -> {
            out.append(' ').append(attribute).append("=\"");
            Text.escape(value, out);
            out.append('"');
        });
        if (VOID.contains(name)) {
            out.append("/>");
            return;
        }
        out.append('>');
        children.forEach(child -> child.render(out));
        out.append("</").append(name).append('>');
    }

    /** The markup. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        render(out);
        return out.toString();
    }
}
