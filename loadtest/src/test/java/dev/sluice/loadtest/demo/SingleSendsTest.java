package dev.sluice.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.simulator.clock.PlatformClock;
import dev.sluice.simulator.directory.Standing;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tenant that sends every two seconds. */
class SingleSendsTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.shutdownNow();
        vertx.close().await();
    }

    /** A timer is never on time to the nanosecond: what is late is the send, and not the time at which it was due. */
    @Test
    void eachIsDueAtItsTimeHoweverLateItLeaves() {
        HttpServer taking = vertx.createHttpServer()
                .requestHandler(request -> request.response().setStatusCode(202).end("{\"id\": \"msg_1\"}"))
                .listen(0, "127.0.0.1")
                .await();
        ApiClient api = new ApiClient(http, URI.create("http://127.0.0.1:" + taking.actualPort()), "key");
        PeopleFile people = new PeopleFile(Path.of("people.csv"), List.of(new Person("li", "", Standing.MEMBER)), true);
        DemoTenant tenant = new DemoTenant(
                new TenantPlan("standard", "", false),
                1,
                1,
                "corp",
                Map.of("notices", 1L),
                List.of("app"),
                api,
                people);

        SingleSends sends = new SingleSends(List.of(tenant), new PlatformClock(), Language.EN, "run");
        sends.start();
        assertThat(Patience.until(Duration.ofMinutes(1), () -> sends.accepted() >= 3))
                .isTrue();
        sends.stop();

        List<Long> due =
                sends.all().stream().map(SentSingle::dueNanos).sorted().limit(3).toList();
        assertThat(due.get(1) - due.get(0)).isEqualTo(2_000_000_000L);
        assertThat(due.get(2) - due.get(1)).isEqualTo(2_000_000_000L);
    }
}
