package dev.sluice.engine.campaign;

import static dev.sluice.engine.ingestion.SendApi.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.ingestion.IngestionBounds;
import dev.sluice.engine.ingestion.SendApi;
import dev.sluice.engine.ingestion.SendApiExtension;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody sends a people file a byte at a time, to hold the only one of two places that a tenant may take. */
@ExtendWith({PostgresExtension.class, SendApiExtension.class})
class DrippingUploadTest {
    /** Long enough for a slow machine to be refused meanwhile. */
    private static final long STALL_MILLIS = 10_000;

    private Vertx vertx;
    private TestDatabase database;
    private SendApi api;

    @BeforeEach
    void take(Vertx lent, TestDatabase fresh) {
        vertx = lent;
        database = fresh;
    }

    private void start(long stallMillis) {
        IngestionBounds bounds = SendApiExtension.bounds(Map.of("uploads", 2, "uploadStallMillis", stallMillis));
        api = new SendApi(vertx, database, null, bounds);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void isGivenUpAndTheNextOneGetsThePlace() throws IOException {
        start(STALL_MILLIS);
        String quick = draft(1);
        try (Socket socket = slowUpload(1)) {
            OutputStream out = socket.getOutputStream();
            TestWaiting.until(TestWaiting.PATIENCE, () -> uploads() == 1, () -> "the place was never taken");
            assertThat(upload(quick, 1)).isEqualTo(429);
            TestWaiting.until(
                    TestWaiting.PATIENCE,
                    () -> {
                        drip(out);
                        return upload(quick, 1) == 200;
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

    @Test
    void leavesPlacesForOtherTenants() throws IOException {
        start(600_000);
        String first = draft(1);
        String second = draft(2);
        try (Socket slow = slowUpload(1)) {
            TestWaiting.until(TestWaiting.PATIENCE, () -> uploads() == 1, () -> "the place was never taken");
            assertThat(upload(first, 1)).isEqualTo(429);
            assertThat(upload(second, 2)).isEqualTo(200);
            drip(slow.getOutputStream());
            try (Socket slowToo = slowUpload(2)) {
                TestWaiting.until(TestWaiting.PATIENCE, () -> uploads() == 2, () -> "the place was never taken");
                assertThat(upload(first, 1)).as("all places are taken").isEqualTo(503);
                drip(slowToo.getOutputStream());
            }
        }
        assertThat(refused("too-many-requests")).isOne();
        assertThat(refused("unavailable")).isOne();
    }

    @Test
    void slowOnesThatHaveTakenAllPlacesMakeRoom() throws IOException {
        start(3_000);
        String quick = draft(1);
        String quickToo = draft(2);
        try (Socket slow = slowUpload(1);
                Socket slowToo = slowUpload(2)) {
            TestWaiting.until(TestWaiting.PATIENCE, () -> uploads() == 2, () -> "the places were never taken");
            Trickle trickle = new Trickle(slow, slowToo);
            TestWaiting.until(
                    TestWaiting.PATIENCE,
                    () -> {
                        trickle.goOn();
                        // Whichever is given up first, the next place is its tenant's.
                        return upload(quick, 1) == 200 || upload(quickToo, 2) == 200;
                    },
                    () -> "nobody else gets a place");
        }
    }

    /** More than a drip in all, and far less than a line carries: some 50 KB a second, however fast it is asked to go on. */
    private static final class Trickle {
        private static final long PAUSE_NANOS = 20_000_000;
        private static final byte[] ROWS = "somebody\n".repeat(120).getBytes(StandardCharsets.UTF_8);

        private final List<Socket> sockets;
        private long wroteAtNanos = System.nanoTime();

        Trickle(Socket... sockets) {
            this.sockets = List.of(sockets);
        }

        void goOn() {
            if (System.nanoTime() - wroteAtNanos < PAUSE_NANOS) {
                return;
            }
            wroteAtNanos = System.nanoTime();
            for (Socket socket : sockets) {
                try {
                    socket.getOutputStream().write(ROWS);
                } catch (IOException closed) {
                    // The server has had enough.
                }
            }
        }
    }

    private double refused(String reason) {
        return api.meters
                .get("sluice.ingestion.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    /** The beginning of an upload whose rest does not come. */
    private Socket slowUpload(int tenant) throws IOException {
        String slow = draft(tenant);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        socket.getOutputStream()
                .write(("PUT /v1/campaigns/" + slow + "/people HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
                                + "Authorization: Bearer " + api.keys.get(tenant - 1)
                                + "\r\nContent-Length: 100000000\r\n\r\nrecipient\n")
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
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

    private String draft(int tenant) {
        JsonObject campaign =
                new JsonObject().put("name", "spring").put("channel", "work").put("content", SendApi.content("hello"));
        return await(api.request(HttpMethod.POST, "/v1/campaigns", tenant).sendJsonObject(campaign))
                .bodyAsJsonObject()
                .getString("id");
    }

    private int upload(String campaign, int tenant) {
        return await(api.request(HttpMethod.PUT, "/v1/campaigns/" + campaign + "/people", tenant)
                        .putHeader("Content-Type", "text/csv")
                        .sendBuffer(Buffer.buffer("recipient\na\nb\n")))
                .statusCode();
    }
}
