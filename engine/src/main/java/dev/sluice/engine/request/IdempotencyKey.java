package dev.sluice.engine.request;

import dev.sluice.engine.http.Fault;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import java.util.List;

/** The header by which a client names its request: the same name and body, however often, make one thing. Scoped by tenant. */
public final class IdempotencyKey {
    /** The request's header. */
    public static final String HEADER = "Idempotency-Key";
    /** The answer's header when an earlier request made the thing. */
    public static final String REPLAYED = "Idempotency-Replayed";

    /** What to say when a key stands for another body. */
    public static final String OTHER_BODY = "This key was used for another body; take a new key for a new request.";

    private static final int MOST_CHARS = 255;

    private IdempotencyKey() {}

    /** Checks a header's value; null stays null. */
    public static String checked(String key) {
        if (key == null) {
            return null;
        }
        boolean printable = key.chars().allMatch(unit -> unit >= ' ' && unit < 127);
        if (key.isBlank() || key.length() > MOST_CHARS || !printable) {
            Fault fault =
                    new Fault("header:" + HEADER, "Must have 1 to " + MOST_CHARS + " printable ASCII characters.");
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "The Idempotency-Key cannot be used.",
                    List.of(fault),
                    ProblemException.NO_RETRY);
        }
        return key;
    }
}
