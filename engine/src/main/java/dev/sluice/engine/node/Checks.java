package dev.sluice.engine.node;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for what must hold before a node starts. */
final class Checks {
    private Checks() {}

    /** What a check found; throws {@link StartFailure} with the failure's own words. */
    static <T> T await(Future<T> check, long millis) {
        try {
            return check.await(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StartFailure("a store did not answer within " + millis + " ms", e);
        } catch (Exception e) {
            // Awaiting throws what the check failed with, be it a checked exception.
            throw new StartFailure(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    static Future<?> nothing() {
        return Future.succeededFuture();
    }
}
