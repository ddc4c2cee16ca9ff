package dev.sluice.engine.node;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;

/** How many people of the whole installation are in doubt: counted now and then, read by whoever scrapes. Thread-safe. */
final class PeopleInDoubt {
    /** By an index of the submissions that have any. */
    private static final String COUNT =
            "SELECT coalesce(sum(in_doubt), 0)::bigint AS people FROM submission WHERE in_doubt > 0";

    private final Pool pool;
    private volatile long people;

    /** @param pool lent */
    PeopleInDoubt(Pool pool) {
        this.pool = pool;
    }

    /** Counts anew. */
    Future<Void> count() {
        return pool.query(COUNT)
                .execute()
                .onSuccess(rows -> people = rows.iterator().next().getLong("people"))
                .mapEmpty();
    }

    /** As counted last. */
    long people() {
        return people;
    }
}
