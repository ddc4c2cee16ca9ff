package dev.sluice.engine.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody never ends a body, and has more such requests waiting for their turn. */
@ExtendWith(PostgresExtension.class)
class LateBodiesTest {
    private static final int REQUESTS = 8;

    @RegisterExtension
    static final SendApiExtension SEND_API =
            SendApiExtension.with(Map.of("bodyMillis", 1_000, "idleSeconds", 600, "requestsPerTenant", 2));

    @Test
    void allOfThemAreCutOffTurnByTurn(Vertx vertx, SendApi api) throws IOException {
        Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
        vertx.exceptionHandler(uncaught::add);
        List<Socket> sockets = new ArrayList<>();
        try {
            while (sockets.size() < REQUESTS) {
                sockets.add(unfinished(api));
            }
            for (Socket socket : sockets) {
                socket.setSoTimeout((int) TestWaiting.PATIENCE.toMillis());
                assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                                .readLine())
                        .startsWith("HTTP/1.1 408");
            }
        } finally {
            vertx.exceptionHandler(null);
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        assertThat(uncaught).isEmpty();
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
