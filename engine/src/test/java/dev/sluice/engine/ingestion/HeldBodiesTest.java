package dev.sluice.engine.ingestion;

import static dev.sluice.engine.ingestion.SendApi.await;
import static dev.sluice.engine.ingestion.SendApi.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody opens many connections and never ends a body, to fill the memory that there is for bodies. */
@ExtendWith(PostgresExtension.class)
class HeldBodiesTest {
    private static final int BODY_BYTES = 1_024;
    /** As many bodies as a node holds. */
    private static final int BODIES = 512;

    @RegisterExtension
    static final SendApiExtension SEND_API =
            SendApiExtension.with(Map.of("bodyBytes", BODY_BYTES, "bodyMillis", 600_000, "idleSeconds", 600));

    private SendApi api;

    @BeforeEach
    void start(SendApi started) {
        api = started;
    }

    @Test
    void itFillsItsShareAndOtherTenantsGoOn() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            while (sockets.size() < BODIES) {
                sockets.add(unfinished());
            }
            TestWaiting.until(TestWaiting.PATIENCE, () -> refused() > 0, () -> "nobody was refused");
            assertThat(send(1)).isEqualTo(429);
            assertThat(send(2)).isEqualTo(202);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        TestWaiting.until(
                TestWaiting.PATIENCE, () -> send(1) == 202, () -> "the room of bodies that broke off is lost");
    }

    /** A message that is larger than what may be left of a share between two bodies. */
    private int send(int tenant) {
        JsonObject message = message("a").put("content", SendApi.content("x".repeat(700)));
        return await(api.send(message, "key", tenant)).statusCode();
    }

    private double refused() {
        return api.meters
                .get("sluice.ingestion.refused")
                .tag("reason", "too-many-requests")
                .counter()
                .count();
    }

    /** All of a body but its last byte. */
    private Socket unfinished() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        socket.getOutputStream()
                .write(("POST /v1/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + api.keys.getFirst()
                                + "\r\nContent-Length: " + BODY_BYTES + "\r\n\r\n" + "x".repeat(BODY_BYTES - 1))
                        .getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }
}
