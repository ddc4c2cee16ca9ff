package dev.sluice.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.embedded.LoopbackPort;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class FirstConnectionTest {
    private static final Duration NONE = Duration.ZERO;

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void aServerThatIsThereIsNotWaitedFor(TestDatabase database) {
        to(database.connectOptions()).await(NONE);
        assertThat(told).isEmpty();
    }

    @Test
    void aWrongPasswordIsRefusedAtOnceAndNotRepeated(TestDatabase database) {
        PgConnectOptions server = database.connectOptions().setPassword("hush-hush");
        assertThatThrownBy(() -> to(server).await(TestWaiting.PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "127.0.0.1:" + server.getPort() + " refuses the connection (password authentication")
                .hasMessageContaining("postgres.uri")
                .hasMessageNotContaining("hush-hush");
        assertThat(told).isEmpty();
    }

    @Test
    void anUnknownDatabaseIsRefusedAtOnce(TestDatabase database) {
        PgConnectOptions server = database.connectOptions().setDatabase("elsewhere");
        assertThatThrownBy(() -> to(server).await(TestWaiting.PATIENCE))
                .hasMessageContaining("database \"elsewhere\" does not exist");
        assertThat(told).isEmpty();
    }

    @Test
    void aClosedPortIsNamedWithWhatToDo(TestDatabase database) throws IOException {
        PgConnectOptions server = database.connectOptions().setPort(LoopbackPort.free());
        assertThatThrownBy(() -> to(server).await(NONE))
                .hasMessage(
                        "Postgres at 127.0.0.1:%d is not reachable (Connection refused): start it, or check postgres.uri"
                                .formatted(server.getPort()));
    }

    @Test
    void anUnknownHostIsNamed(TestDatabase database) {
        assertThatThrownBy(() ->
                        to(database.connectOptions().setHost("nobody.invalid")).await(NONE))
                .hasMessageContaining("nobody.invalid")
                .hasMessageContaining("unknown host");
    }

    @Test
    void aServerThatTakesConnectionsAndSaysNothingIsGivenUp(TestDatabase database) throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> to(database.connectOptions().setPort(mute.getLocalPort()))
                            .await(NONE))
                    .hasMessageContaining("no answer; is it a Postgres?");
        }
    }

    @Test
    void aServerThatComesLaterIsWaitedForWhichIsSaidOnce(TestDatabase database) {
        database.freeze();
        CompletableFuture<Void> connected =
                CompletableFuture.runAsync(() -> to(database.connectOptions()).await(TestWaiting.PATIENCE));
        TestWaiting.until(TestWaiting.PATIENCE, () -> !told.isEmpty(), () -> "not told");
        assertThat(connected).isNotDone();

        database.thaw();

        assertThat(connected).succeedsWithin(TestWaiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(told).singleElement().asString().contains("is not reachable", "trying for 120 s");
    }

    @Test
    void whoIsInterruptedGivesUp(TestDatabase database) throws Exception {
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        PgConnectOptions closed = database.connectOptions().setPort(LoopbackPort.free());
        Thread waiting = Thread.ofPlatform().start(() -> {
            try {
                to(closed).await(TestWaiting.PATIENCE);
                refusal.complete(new AssertionError("connected"));
            } catch (IllegalStateException e) {
                refusal.complete(e);
            }
        });
        TestWaiting.until(TestWaiting.PATIENCE, () -> !told.isEmpty(), () -> "not told");

        waiting.interrupt();

        assertThat(refusal)
                .succeedsWithin(TestWaiting.PATIENCE.dividedBy(4).toSeconds(), TimeUnit.SECONDS)
                .satisfies(e -> assertThat(e).hasMessageContaining("told to stop before Postgres at 127.0.0.1"));
    }

    private FirstConnection to(PgConnectOptions server) {
        return new FirstConnection(server, told::add);
    }
}
