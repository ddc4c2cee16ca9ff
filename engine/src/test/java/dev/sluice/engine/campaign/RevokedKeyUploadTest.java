package dev.sluice.engine.campaign;

import static dev.sluice.engine.ingestion.SendApi.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.auth.ApiKey;
import dev.sluice.engine.auth.ApiKeyStore;
import dev.sluice.engine.ingestion.SendApi;
import dev.sluice.engine.ingestion.SendApiExtension;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A key is revoked while a people file is being sent with it. */
@ExtendWith(PostgresExtension.class)
class RevokedKeyUploadTest {
    @RegisterExtension
    static final SendApiExtension SEND_API =
            SendApiExtension.with(Map.of("idleSeconds", 600, "uploadStallMillis", 600_000));

    private Vertx vertx;
    private TestDatabase database;
    private SendApi api;

    @BeforeEach
    void start(Vertx lent, SendApi started, TestDatabase fresh) {
        vertx = lent;
        api = started;
        database = fresh;
    }

    @Test
    void theUploadEndsAndTheRowsBeforeAreKept() throws IOException {
        String campaign = draft();
        String key = api.keys.getFirst();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.getOutputStream()
                    .write(("PUT /v1/campaigns/" + campaign
                                    + "/people HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
                                    + "Authorization: Bearer " + key
                                    + "\r\nContent-Length: 1000000\r\n\r\nrecipient\na\nb\n")
                            .getBytes(StandardCharsets.UTF_8));
            TestWaiting.until(TestWaiting.PATIENCE, () -> uploads() == 1, () -> "the upload does not begin");
            String keyId = ApiKey.parse(key).orElseThrow().id();
            assertThat(await(new ApiKeyStore(database.pool(vertx)).revoke(keyId)))
                    .isTrue();
            socket.setSoTimeout((int) TestWaiting.PATIENCE.toMillis());
            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                            .readLine())
                    .startsWith("HTTP/1.1 401");
        }
        assertThat(database.number("SELECT rows_received FROM campaign")).isEqualTo(2);
    }

    private double uploads() {
        return api.meters.get("sluice.ingestion.uploads").gauge().value();
    }

    private String draft() {
        JsonObject campaign =
                new JsonObject().put("name", "spring").put("channel", "work").put("content", SendApi.content("hello"));
        return await(api.request(HttpMethod.POST, "/v1/campaigns", 1).sendJsonObject(campaign))
                .bodyAsJsonObject()
                .getString("id");
    }
}
