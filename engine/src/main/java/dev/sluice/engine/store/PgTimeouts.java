package dev.sluice.engine.store;

/**
 * How long Postgres may take. Three limits, each for a fault that the others miss: a server that cannot be reached, a statement that runs away, and a server
 * that is frozen or cut off and says nothing at all.
 *
 * @param connectMillis to a connection's first byte
 * @param statementMillis after which the server itself cancels a statement; also how long a caller waits for a connection of a busy pool
 * @param answerMillis silence of the server after which the connection is dropped and whoever waits on it fails; longer than {@code statementMillis}, so that a
 *     healthy server's own word comes first. Nobody knows then whether Postgres committed; only work whose repetition is harmless may be repeated
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
}
