package dev.sluice.engine.node;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Whether a node should get traffic: all its parts run and Postgres answers. Without Redis it still accepts, so that is no reason. Thread-safe. */
public final class Readiness {
    private static final long ANSWER_MILLIS = 1_000;

    private final Pool postgres;
    private volatile String phase = "starting";

    /** @param postgres its own: however much is asked of the database, a node that accepts stays in service */
    Readiness(Pool postgres) {
        this.postgres = postgres;
    }

    void started() {
        phase = "";
    }

    void stopping() {
        phase = "stopping";
    }

    Future<Void> close() {
        return postgres.close();
    }

    /** Whether all parts run, without asking the stores. */
    public boolean running() {
        return phase.isEmpty();
    }

    /** Why it should get none; empty when it should. Never fails. */
    public Future<Optional<String>> trouble() {
        if (!running()) {
            return Future.succeededFuture(Optional.of(phase));
        }
        return postgres.query("SELECT 1")
                .execute()
                .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                .map(answered -> Optional.<String>empty())
                .otherwise(Optional.of("Postgres does not answer"));
    }
}
