package dev.sluice.admin.http;

import dev.sluice.engine.auth.Principal;
import dev.sluice.engine.http.Fault;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.http.StrictJson;
import dev.sluice.engine.http.TextRules;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An authenticated request, as endpoints read it. What cannot be read is a {@link ProblemException}. */
public final class Request {
    private final RoutingContext context;
    private final Principal caller;
    private final Buffer body;

    public Request(RoutingContext context, Principal caller, Buffer body) {
        this.context = context;
        this.caller = caller;
        this.body = body;
    }

    /** Who asks, as the audit names them: the key's public id. */
    public String actor() {
        return "key " + caller.keyId();
    }

    /** A parameter of the path that is a number of ours; whatever is none names nothing. */
    public long id(String name) {
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException notOurs) {
            throw ProblemException.notFound("address");
        }
    }

    /** A parameter of the path. */
    public String text(String name) {
        return storable("path:" + name, context.pathParam(name));
    }

    /** The JSON object in the body; no body is an empty object. */
    public Fields body() {
        return new Fields(body.length() == 0 ? new JsonObject() : StrictJson.object(body));
    }

    /** A filter of the query, if it is there. */
    public Optional<String> filter(String name) {
        return Optional.ofNullable(context.queryParams().get(name)).map(text -> storable("query:" + name, text));
    }

    /** A filter of the query that is a number of ours; null when it is not there. */
    public Long filterId(String name) {
        return filter(name).map(text -> number("query:" + name, text)).orElse(null);
    }

    /** Which page is asked for; any other parameter than these filters and those of a page is refused. */
    public Page page(String... filters) {
        List<Fault> faults = new ArrayList<>();
        Set<String> known = Set.of(filters);
        for (String name : context.queryParams().names()) {
            if (!known.contains(name) && !name.equals("after") && !name.equals("limit")) {
                faults.add(new Fault("query:" + name, "There is no such parameter here."));
            }
        }
        long limit = filter("limit").map(text -> number("query:limit", text)).orElse((long) Page.USUAL_ITEMS);
        if (limit < 1 || limit > Page.MOST_ITEMS) {
            faults.add(new Fault("query:limit", "Must be 1 to " + Page.MOST_ITEMS + "."));
        }
        if (!faults.isEmpty()) {
            throw unreadable(faults);
        }
        return new Page(filter("after").orElse(""), (int) limit);
    }

    /** No database could be asked for anything else. */
    private static String storable(String pointer, String text) {
        if (!TextRules.storable(text)) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "The address cannot be read.",
                    List.of(new Fault(pointer, "Is not a valid text.")),
                    ProblemException.NO_RETRY);
        }
        return text;
    }

    /** As the send API says it: what cannot be read stands in no body that could be corrected. */
    private static ProblemException unreadable(List<Fault> faults) {
        return new ProblemException(
                ProblemType.MALFORMED_REQUEST, "The parameters cannot be read.", faults, ProblemException.NO_RETRY);
    }

    static long number(String pointer, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw unreadable(List.of(new Fault(pointer, "Must be a whole number.")));
        }
    }
}
