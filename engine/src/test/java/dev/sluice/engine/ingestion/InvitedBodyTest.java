package dev.sluice.engine.ingestion;

import static dev.sluice.engine.ingestion.SendApi.await;
import static dev.sluice.engine.ingestion.SendApi.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that asks before it sends a body. */
@ExtendWith({PostgresExtension.class, SendApiExtension.class})
class InvitedBodyTest {
    private static final String INVITATION = "HTTP/1.1 100 Continue";

    @Test
    void isToldToGoOnOnceItsBodyIsAwaited(SendApi api) throws IOException {
        String key = api.keys.getFirst();
        assertThat(answers(api, "POST /v1/messages", key, message("a").encode()))
                .containsExactly(INVITATION, "HTTP/1.1 202 Accepted");
        JsonObject campaign =
                new JsonObject().put("name", "spring").put("channel", "work").put("content", SendApi.content("hello"));
        assertThat(answers(api, "POST /v1/campaigns", key, campaign.encode()))
                .containsExactly(INVITATION, "HTTP/1.1 201 Created");
        String id = await(api.request(HttpMethod.GET, "/v1/campaigns", 1).send())
                .bodyAsJsonObject()
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        assertThat(answers(api, "PUT /v1/campaigns/" + id + "/people", key, "recipient\nzhangsan\n"))
                .containsExactly(INVITATION, "HTTP/1.1 200 OK");
    }

    @Test
    void isRefusedWithoutItsBodyWhereItsKeyIsWrong(SendApi api) throws IOException {
        assertThat(answers(api, "POST /v1/messages", "wrong", "{}")).containsExactly("HTTP/1.1 401 Unauthorized");
    }

    /** The first lines of all that is answered; the body is sent when it is asked for. */
    private static List<String> answers(SendApi api, String operation, String key, String body) throws IOException {
        List<String> answers = new ArrayList<>();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout((int) TestWaiting.PATIENCE.toMillis());
            socket.getOutputStream()
                    .write((operation + " HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nExpect: 100-continue\r\n"
                                    + "Authorization: Bearer " + key + "\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            answers.add(reader.readLine());
            if (INVITATION.equals(answers.getFirst())) {
                socket.getOutputStream().write(body.getBytes(StandardCharsets.ISO_8859_1));
                assertThat(reader.readLine()).isEmpty();
                answers.add(reader.readLine());
            }
        }
        return answers;
    }
}
