package dev.sluice.engine.ingestion;

import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import java.util.HashSet;
import java.util.Set;

/** The keys that this verticle is working on right now, scoped by tenant. One event loop; bounded by the requests in work. */
final class IdempotencyKeys {
    private final Set<Name> inFlight = new HashSet<>();

    /** Takes a key for the time of one request; fails with 409 while another has it. */
    void take(long tenantId, String key) {
        if (!inFlight.add(new Name(tenantId, key))) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_IN_FLIGHT, "Wait for the first answer, or ask again.", 1);
        }
    }

    /** Gives it back. */
    void release(long tenantId, String key) {
        inFlight.remove(new Name(tenantId, key));
    }

    private record Name(long tenantId, String key) {}
}
