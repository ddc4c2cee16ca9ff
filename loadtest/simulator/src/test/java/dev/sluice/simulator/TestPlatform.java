package dev.sluice.simulator;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Organisation;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A simulator with one organisation and one app, and a plain HTTP client to call it like anybody would. */
public final class TestPlatform implements AutoCloseable {
    public static final String CORP = "dingcorp";
    public static final String APP_KEY = "dingapp";
    public static final String APP_SECRET = "secret";
    public static final long AGENT_ID = 123;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Simulator simulator;
    private final Organisation organisation;

    public TestPlatform() {
        this(SimulatorOptions.defaults());
    }

    public TestPlatform(SimulatorOptions options) {
        simulator = Simulator.start(vertx, options).await();
        organisation = simulator.directory().addOrganisation(CORP, "standard");
        organisation.people().addRange("user", 1000);
        simulator.directory().addApp(App.of(CORP, APP_KEY, APP_SECRET, AGENT_ID));
    }

    public Simulator simulator() {
        return simulator;
    }

    public Organisation organisation() {
        return organisation;
    }

    public void set(String key, Object value) {
        simulator.limits().set(key, value);
    }

    /** An answer: status and body. */
    public record Answer(int status, String text) {
        public JsonObject json() {
            return new JsonObject(text);
        }

        public int errcode() {
            return json().getInteger("errcode");
        }

        public String subCode() {
            return json().getString("sub_code");
        }

        public String code() {
            return json().getString("code");
        }
    }

    public String token() {
        return get("/gettoken?appkey=" + APP_KEY + "&appsecret=" + APP_SECRET)
                .json()
                .getString("access_token");
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Answer post(String path, String contentType, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Answer postJson(String path, JsonObject body, String... headers) {
        return post(path, "application/json", body.encode(), headers);
    }

    public Answer oapi(String path, String token, JsonObject body) {
        return postJson(path + "?access_token=" + token, body);
    }

    public Answer v1(String path, String token, JsonObject body) {
        return postJson(path, body, "x-acs-dingtalk-access-token", token);
    }

    public static JsonObject text(String content) {
        return new JsonObject().put("msgtype", "text").put("text", new JsonObject().put("content", content));
    }

    private static JsonObject noticeBody(String users, String content) {
        return new JsonObject()
                .put("agent_id", AGENT_ID)
                .put("userid_list", users)
                .put("msg", text(content));
    }

    public Answer notice(String token, String users, String content) {
        return oapi("/topapi/message/corpconversation/asyncsend_v2", token, noticeBody(users, content));
    }

    /** Sends a notice and does not wait; the answer may never come. */
    public CompletableFuture<?> noticeLater(String token, String users, String content) {
        HttpRequest request = request("/topapi/message/corpconversation/asyncsend_v2?access_token=" + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        noticeBody(users, content).encode()))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until the ledger holds so many calls. */
    public void awaitCalls(long calls) {
        long deadlineNanos = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (simulator.ledger().size() < calls) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError("only " + simulator.ledger().size() + " of " + calls + " calls came");
            }
            Thread.onSpinWait();
        }
    }

    public JsonObject noticeResult(String token, long taskId) {
        JsonObject body = new JsonObject().put("agent_id", AGENT_ID).put("task_id", taskId);
        return oapi("/topapi/message/corpconversation/getsendresult", token, body)
                .json()
                .getJsonObject("send_result");
    }

    public static JsonObject robotMessage(String content, String... users) {
        return new JsonObject()
                .put("robotCode", APP_KEY)
                .put("userIds", List.of(users))
                .put("msgKey", "sampleText")
                .put("msgParam", new JsonObject().put("content", content).encode());
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(simulator.baseUri() + path)).timeout(Duration.ofSeconds(60));
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder.version(HttpClient.Version.HTTP_1_1);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Answer(-1, e.toString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        simulator.close().await();
        vertx.close().await();
    }
}
