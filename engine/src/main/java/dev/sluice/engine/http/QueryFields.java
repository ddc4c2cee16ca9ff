package dev.sluice.engine.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes query parameters and notes everything that is wrong with them. */
public final class QueryFields {
    private static final int MOST_LIMIT = 1_000;
    private static final int USUAL_LIMIT = 100;

    private final MultiMap parameters;
    private final List<Fault> faults = new ArrayList<>(0);

    /** Reads a request's parameters; those that are not known are faults. */
    public QueryFields(RoutingContext context, Set<String> known) {
        this.parameters = context.queryParams();
        for (String name : parameters.names()) {
            if (!known.contains(name)) {
                fault(name, "There is no such parameter.");
            }
        }
    }

    /** Notes a fault. */
    public void fault(String name, String detail) {
        faults.add(new Fault("query:" + name, detail));
    }

    /** Fails with 400 and all faults, if there are any. */
    public void check() {
        if (!faults.isEmpty()) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "The parameters cannot be read.", faults, ProblemException.NO_RETRY);
        }
    }

    /** A text, null when absent. */
    public String text(String name) {
        String text = parameters.get(name);
        if (text != null && !TextRules.storable(text)) {
            fault(name, "Is not a valid text.");
            return null;
        }
        return text;
    }

    /** A whole number within bounds. */
    public long number(String name, long usual, long least, long most) {
        String text = parameters.get(name);
        if (text == null) {
            return usual;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // Told below, like a number out of bounds.
        }
        fault(name, "Must be a whole number from " + least + " to " + most + ".");
        return usual;
    }

    /** Rows of a page. */
    public int limit() {
        return (int) number("limit", USUAL_LIMIT, 1, MOST_LIMIT);
    }

    /** An instant with its offset, {@code usual} when absent. */
    public Instant instant(String name, Instant usual) {
        String text = parameters.get(name);
        if (text == null) {
            return usual;
        }
        try {
            // A plus sign in a query is a space; forgive those who forgot to encode it.
            return TextRules.instant(text.replace(' ', '+'));
        } catch (DateTimeException wrong) {
            fault(name, "Must be a time with its offset, such as 2026-11-21T09:00:00%2B08:00.");
            return usual;
        }
    }
}
