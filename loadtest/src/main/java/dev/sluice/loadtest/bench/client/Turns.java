package dev.sluice.loadtest.bench.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.IntFunction;

/** An action again and again on one event loop, so many at once, each followed by the next when it ends. The first failure ends it. */
public final class Turns {
    private final Context home;
    private final IntFunction<Future<?>> action;
    private final int atOnce;
    private final int count;
    private final Promise<Void> done = Promise.promise();
    private int begun;
    private int ended;

    /**
     * @param action given its number, from 0
     * @param atOnce most under way
     * @param count how often in all
     */
    public Turns(Vertx vertx, IntFunction<Future<?>> action, int atOnce, int count) {
        this.home = vertx.getOrCreateContext();
        this.action = action;
        this.atOnce = atOnce;
        this.count = count;
    }

    /** Completes after the last. */
    public Future<Void> run() {
        home.runOnContext(here -> {
            for (int i = 0; i < Math.min(atOnce, count); i++) {
                next();
            }
        });
        return done.future();
    }

    private void next() {
        action.apply(begun++).onComplete(one -> {
            ended++;
            if (one.failed()) {
                done.tryFail(one.cause());
            } else if (ended == count) {
                done.tryComplete();
            } else if (begun < count) {
                next();
            }
        });
    }
}
