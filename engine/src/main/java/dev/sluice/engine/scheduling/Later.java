package dev.sluice.engine.scheduling;

import io.vertx.core.Vertx;

/** Something to do in a while, once for however many wishes come until then. Confined to one event loop. */
final class Later {
    private final Vertx vertx;
    private final long millis;
    private final Runnable action;
    private boolean planned;

    /** @param millis from the first wish to the action */
    Later(Vertx vertx, long millis, Runnable action) {
        this.vertx = vertx;
        this.millis = millis;
        this.action = action;
    }

    void wish() {
        if (!planned) {
            planned = true;
            vertx.setTimer(millis, fired -> {
                planned = false;
                action.run();
            });
        }
    }
}
