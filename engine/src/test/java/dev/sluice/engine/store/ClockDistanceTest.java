package dev.sluice.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.Pool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, VertxExtension.class})
class ClockDistanceTest {
    private static final long FIVE_MINUTES = 300_000;

    @Test
    void isToldWhereItIsMoreThanTheEdgesOfDaysAllow(Vertx vertx, TestDatabase database) {
        Pool pool = database.pool(vertx);
        assertThat(TestWaiting.await(ClockDistance.advice(pool, System::currentTimeMillis)))
                .isEmpty();
        assertThat(TestWaiting.await(ClockDistance.advice(pool, () -> System.currentTimeMillis() + FIVE_MINUTES)))
                .hasValueSatisfying(told -> assertThat(told).contains(" ms ahead of that of Postgres"));
        assertThat(TestWaiting.await(ClockDistance.advice(pool, () -> System.currentTimeMillis() - FIVE_MINUTES)))
                .hasValueSatisfying(told -> assertThat(told).contains(" ms behind that of Postgres"));
    }
}
