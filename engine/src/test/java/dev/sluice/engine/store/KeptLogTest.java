package dev.sluice.engine.store;

import static dev.sluice.engine.testkit.TestWaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, VertxExtension.class})
class KeptLogTest {
    @Test
    void theEmbeddedPostgresKeepsAllOfItsLog(Vertx vertx, TestDatabase database) {
        assertThat(database.number("SELECT pg_size_bytes(current_setting('min_wal_size'))"))
                .isEqualTo(database.number("SELECT pg_size_bytes(current_setting('max_wal_size'))"));
        assertThat(await(KeptLog.advice(database.pool(vertx)))).isEmpty();
    }

    @Test
    void aServerThatWouldMakeFilesWhileItIsBusyIsToldHowMuchToKeep() {
        assertThat(KeptLog.advice(80, 1_024))
                .hasValueSatisfying(advice -> assertThat(advice)
                        .contains("80 MB of its log (min_wal_size) of the 1024 MB")
                        .endsWith("Set min_wal_size to 1024MB."));
        assertThat(KeptLog.advice(2_048, 1_024)).isEmpty();
    }
}
