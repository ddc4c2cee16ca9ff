package dev.sluice.engine.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, VertxExtension.class})
class DurableCommitsTest {
    @Test
    void aServerThatKeepsWhatItConfirmsIsAccepted(Vertx vertx, TestDatabase database) {
        assertThatCode(() -> DurableCommits.check(database.pool(vertx)).await(60, TimeUnit.SECONDS))
                .doesNotThrowAnyException();
    }

    @Test
    void aServerWithASwitchOffIsRefusedByName(Vertx vertx, TestDatabase database) {
        database.execute("ALTER DATABASE " + database.connectOptions().getDatabase() + " SET synchronous_commit = off");
        assertThatThrownBy(() -> DurableCommits.check(database.pool(vertx)).await(60, TimeUnit.SECONDS))
                .hasMessageContaining("synchronous_commit");
    }
}
