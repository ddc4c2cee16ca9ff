package dev.sluice.engine.store;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/**
 * How long Postgres may take. Three limits, each for a fault that the others miss: a server that cannot be reached, a statement that runs away, and a server
 * that is frozen or cut off and says nothing at all.
 *
 * @param connectMillis to a connection's first byte
 * @param statementMillis after which the server itself cancels a statement; also how long a caller waits for a connection of a busy pool
 * @param answerMillis after which we stop waiting; longer than {@code statementMillis}, so that a healthy server's own word comes first
 */
public record PgTimeouts(long connectMillis, long statementMillis, long answerMillis) {
    /** For a database in the same data centre. */
    public static final PgTimeouts STANDARD = new PgTimeouts(2_000, 10_000, 12_000);

    public PgTimeouts {
        if (connectMillis <= 0 || statementMillis <= 0) {
            throw new IllegalArgumentException("timeouts must be positive");
        }
        if (answerMillis <= statementMillis) {
            throw new IllegalArgumentException("answerMillis (%d) must be longer than statementMillis (%d)"
                    .formatted(answerMillis, statementMillis));
        }
    }

    /**
     * Puts a limit on a whole unit of work: one statement or one transaction. When it fails by this limit, nobody knows whether Postgres committed; only work
     * whose repetition is harmless may be repeated.
     */
    public <T> Future<T> limit(Future<T> work) {
        return work.timeout(answerMillis, TimeUnit.MILLISECONDS);
    }
}
