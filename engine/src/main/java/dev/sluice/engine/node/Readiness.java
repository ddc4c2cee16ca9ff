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
    /** The newest question to Postgres: whoever asks while it is under way hears its answer. */
    private Future<Optional<String>> question = Future.succeededFuture(Optional.empty());

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

    /** Why it should get none; empty when it should. However many ask, Postgres is asked one question at a time. Never fails. */
    public Future<Optional<String>> trouble() {
        return running() ? asked() : Future.succeededFuture(Optional.of(phase));
    }

    private synchronized Future<Optional<String>> asked() {
        if (question.isComplete()) {
            question = ask();
        }
        return question;
    }

    private Future<Optional<String>> ask() {
        return postgres.query("SELECT 1")
                .execute()
                .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                .map(answered -> Optional.<String>empty())
                .otherwise(Optional.of("Postgres does not answer"));
    }
}
