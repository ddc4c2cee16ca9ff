package dev.sluice.engine.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestWaiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client gives up requests that wait for their turn, and whose bodies it has not sent. */
@ExtendWith(PostgresExtension.class)
class AbandonedRequestsTest {
    @RegisterExtension
    static final SendApiExtension SEND_API =
            SendApiExtension.with(Map.of("bodyMillis", 600_000, "idleSeconds", 600, "requestsPerTenant", 1));

    @Test
    void theyHoldNobodyUpWhenTheirTurnComes(SendApi api) throws IOException {
        List<Socket> abandoned = new ArrayList<>();
        try (Socket inWork = unfinished(api)) {
            while (refused(api) == 0) {
                abandoned.add(unfinished(api));
            }
            for (Socket socket : abandoned) {
                socket.close();
            }
            assertThat(api.get("/v1/campaigns", 2).statusCode()).isEqualTo(200);
            assertThat(inWork.isConnected()).isTrue();
        }
        TestWaiting.until(
                TestWaiting.PATIENCE,
                () -> api.get("/v1/campaigns", 1).statusCode() == 200,
                () -> "their turns take too long");
    }

    private static double refused(SendApi api) {
        return api.meters
                .get("sluice.ingestion.refused")
                .tag("reason", "too-many-requests")
                .counter()
                .count();
    }

    private static Socket unfinished(SendApi api) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        socket.getOutputStream()
                .write(("POST /v1/campaigns HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + api.keys.getFirst()
                                + "\r\nContent-Length: 100\r\n\r\n{")
                        .getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }
}
