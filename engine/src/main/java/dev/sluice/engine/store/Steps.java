package dev.sluice.engine.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * Takes steps one after the other, however many they are. A chain of {@code compose} keeps all its links until its last step has ended, and ends them inside each other:
 * after some thousand steps that is more than a stack holds, and nobody hears that the last one has ended.
 */
public final class Steps {
    private Steps() {}

    /**
     * Takes steps until one was the last, or fails.
     *
     * @param next takes a step; whether another one follows
     */
    public static Future<Void> takeAll(Supplier<Future<Boolean>> next) {
        Promise<Void> over = Promise.promise();
        goOn(next, over);
        return over.future();
    }

    private static void goOn(Supplier<Future<Boolean>> next, Promise<Void> over) {
        Future<Boolean> step = take(next);
        while (step.succeeded() && step.result()) {
            step = take(next);
        }
        step.onComplete(taken -> {
            if (taken.failed()) {
                over.fail(taken.cause());
            } else if (taken.result()) {
                goOn(next, over);
            } else {
                over.complete();
            }
        });
    }

    /** Composed, since a step that throws has failed as well. */
    private static Future<Boolean> take(Supplier<Future<Boolean>> next) {
        return Future.succeededFuture().compose(begun -> next.get());
    }
}
