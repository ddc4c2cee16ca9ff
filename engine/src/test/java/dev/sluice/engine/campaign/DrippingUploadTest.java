package dev.sluice.engine.campaign;

import static dev.sluice.engine.ingestion.SendApi.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.ingestion.IngestionBounds;
import dev.sluice.engine.ingestion.SendApi;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody sends a people file a byte at a time, to hold the only place there is. */
@ExtendWith(PostgresExtension.class)
class DrippingUploadTest {
    private static Vertx vertx;
    /** Long enough for a slow machine to be refused meanwhile. */
    private static final long STALL_MILLIS = 10_000;

    private SendApi api;

    @BeforeEach
    void start(TestDatabase fresh) {
        IngestionBounds usual = IngestionBounds.DEFAULT;
        api = new SendApi(
                vertx,
                fresh,
                null,
                new IngestionBounds(
                        usual.bodyBytes(),
                        usual.bodyMillis(),
                        usual.idleSeconds(),
                        usual.connections(),
                        usual.connectionsPerAddress(),
                        usual.rowsPerCommit(),
                        usual.rowsQueued(),
                        usual.tenantPercent(),
                        usual.recordMillis(),
                        1,
                        STALL_MILLIS));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @BeforeAll
    static void openVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void closeVertx() {
        await(vertx.close());
    }

    @Test
    void isGivenUpAndTheNextOneGetsThePlace() throws IOException {
        String slow = draft();
        String quick = draft();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT /v1/campaigns/" + slow + "/people HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
                            + "Authorization: Bearer " + api.keys.getFirst()
                            + "\r\nContent-Length: 1000000\r\n\r\nrecipient\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            TestWaiting.until(TestWaiting.PATIENCE, () -> uploads() == 1, () -> "the place was never taken");
            assertThat(upload(quick)).isEqualTo(503);
            TestWaiting.until(
                    TestWaiting.PATIENCE,
                    () -> {
                        drip(out);
                        return upload(quick) == 200;
                    },
                    () -> "the drip keeps its place");
            socket.setSoTimeout((int) TestWaiting.PATIENCE.toMillis());
            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                            .readLine())
                    .startsWith("HTTP/1.1 400");
        }
        assertThat(api.get("/v1/campaigns/" + quick, 1).bodyAsJsonObject().getInteger("rowsReceived"))
                .isEqualTo(2);
    }

    private double uploads() {
        return api.meters.get("sluice.ingestion.uploads").gauge().value();
    }

    private static void drip(OutputStream out) {
        try {
            out.write('x');
            out.flush();
        } catch (IOException closed) {
            // The server has had enough.
        }
    }

    private String draft() {
        JsonObject campaign =
                new JsonObject().put("name", "spring").put("channel", "work").put("content", SendApi.content("hello"));
        return await(api.request(HttpMethod.POST, "/v1/campaigns", 1).sendJsonObject(campaign))
                .bodyAsJsonObject()
                .getString("id");
    }

    private int upload(String campaign) {
        return await(api.request(HttpMethod.PUT, "/v1/campaigns/" + campaign + "/people", 1)
                        .putHeader("Content-Type", "text/csv")
                        .sendBuffer(Buffer.buffer("recipient\na\nb\n")))
                .statusCode();
    }
}
