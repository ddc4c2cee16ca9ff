package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever reaches the port of the control plane costs it little, and a key is asked for before anything is held. */
@ExtendWith(PostgresExtension.class)
class HostileConnectionTest {
    @Test
    void aStrangerIsRefusedBeforeTheBodyComes(TestDatabase database) throws IOException {
        try (AdminTestServer server = new AdminTestServer(database);
                Socket socket = begin(server, "Bearer slc_live_wrong")) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void aBodyThatDoesNotEndIsRefusedInTime(TestDatabase database) throws IOException {
        try (AdminTestServer server = new AdminTestServer(database);
                Socket socket = begin(server, "Bearer " + server.adminKey)) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 408");
        }
    }

    private static Socket begin(AdminTestServer server, String authorization) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream()
                .write(("POST /v1/tenants HTTP/1.1\r\nHost: x\r\nAuthorization: " + authorization
                                + "\r\nContent-Length: 60000\r\n\r\n{")
                        .getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout((int) TestWaiting.PATIENCE.toMillis());
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }
}
