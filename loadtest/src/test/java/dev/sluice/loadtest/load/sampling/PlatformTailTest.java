package dev.sluice.loadtest.load.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.SimulatorOptions;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.http.Api;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlatformTailTest {
    private static final long AGENT = 7;

    private final Vertx vertx = Vertx.vertx();
    private final Simulator simulator =
            Simulator.start(vertx, SimulatorOptions.defaults()).await();
    private final HttpClient http = HttpClient.newHttpClient();
    private final PlatformTail platform = new PlatformTail(simulator);

    @BeforeEach
    void addAnApp() {
        simulator.directory().addOrganisation("corp", "standard").people().addRange("user", 10);
        simulator.directory().addApp(App.of("corp", "app", "secret", AGENT));
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        vertx.close().await();
    }

    @Test
    void beforeTheFirstMessageThereIsNoFillRatio() throws Exception {
        token();
        platform.follow();
        assertThat(platform.calls()).isEqualTo(1);
        assertThat(platform.fillRatio()).isNaN();
    }

    @Test
    void aCallThatWasRefusedAsAWholeSaysNothingAboutHowFullItWas() throws Exception {
        String token = token();
        send(token, "user000001,user000002");
        simulator.faults().add(FaultRule.next(1, Api.NOTICE_SEND, Effect.serverError(503)));
        send(token, "user000003,user000004");
        platform.follow();
        assertThat(platform.calls()).isEqualTo(3);
        assertThat(platform.shown()).isEqualTo(2);
        assertThat(platform.fillRatio()).isEqualTo(0.02);
    }

    private String token() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri("/gettoken?appkey=app&appsecret=secret"))
                .build();
        return new JsonObject(http.send(request, BodyHandlers.ofString()).body()).getString("access_token");
    }

    private void send(String token, String users) throws IOException, InterruptedException {
        JsonObject text =
                new JsonObject().put("msgtype", "text").put("text", new JsonObject().put("content", "hello " + users));
        JsonObject body = new JsonObject()
                .put("agent_id", AGENT)
                .put("userid_list", users)
                .put("msg", text);
        HttpRequest request = HttpRequest.newBuilder(
                        uri("/topapi/message/corpconversation/asyncsend_v2?access_token=" + token))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.encode()))
                .build();
        http.send(request, BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return simulator.baseUri().resolve(path);
    }
}
