package dev.sluice.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class StepsTest {
    private static final int MANY = 100_000;

    private final AtomicInteger taken = new AtomicInteger();

    /** A chain of so many would end none of its links. */
    @Test
    void endWhenTheLastOfVeryManyHasEnded(Vertx vertx) {
        TestWaiting.await(Steps.takeAll(() -> later(vertx).map(done -> taken.incrementAndGet() < MANY)));

        assertThat(taken).hasValue(MANY);
    }

    @Test
    void mayBeOverAtOnceHoweverManyTheyAre() {
        TestWaiting.await(Steps.takeAll(() -> Future.succeededFuture(taken.incrementAndGet() < MANY)));

        assertThat(taken).hasValue(MANY);
    }

    @Test
    void endWithTheFirstThatFails() {
        assertThatThrownBy(() -> TestWaiting.await(
                        Steps.takeAll(() -> taken.incrementAndGet() < 3 ? Future.succeededFuture(true) : broken())))
                .hasMessage("the third");

        assertThat(taken).hasValue(3);
    }

    @Test
    void endWithTheFirstThatThrows() {
        assertThatThrownBy(() -> TestWaiting.await(Steps.takeAll(() -> {
                    throw new IllegalStateException("at once");
                })))
                .hasMessage("at once");
    }

    private static Future<Boolean> broken() {
        return Future.failedFuture("the third");
    }

    private static Future<Void> later(Vertx vertx) {
        Promise<Void> later = Promise.promise();
        vertx.runOnContext(now -> later.complete());
        return later.future();
    }
}
