package dev.sluice.simulator.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.simulator.TestPlatform;
import dev.sluice.simulator.TestPlatform.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlTest {
    private TestPlatform platform;

    @BeforeEach
    void start() {
        platform = new TestPlatform();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private Answer call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(platform.simulator().baseUri() + "/_sim" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPlatformIsFurnishedUsedAndReadOverHttpAlone() {
        call("PUT", "/organisations/acme", "{\"tier\":\"enterprise\"}");
        call("PUT", "/organisations/acme/departments/7", "{\"name\":\"sales\"}");
        call("POST", "/organisations/acme/people", "{\"range\":{\"prefix\":\"a\",\"count\":10,\"departmentId\":7}}");
        call(
                "POST",
                "/organisations/acme/people",
                "{\"people\":[{\"userid\":\"boss\",\"standing\":\"super_executive\",\"mobile\":\"13900000000\"}]}");
        call("PUT", "/apps/k", "{\"corpId\":\"acme\",\"appSecret\":\"s\",\"agentId\":5}");
        String token = platform.get("/gettoken?appkey=k&appsecret=s").json().getString("access_token");
        JsonObject notice = new JsonObject()
                .put("agent_id", 5)
                .put("userid_list", "boss,a000010")
                .put("msg", TestPlatform.text("hi"));
        platform.oapi("/topapi/message/corpconversation/asyncsend_v2", token, notice);

        Answer ledger = call("GET", "/ledger?from=1&recipients=true", "");
        assertThat(new JsonObject(ledger.text()).getJsonArray("people"))
                .isEqualTo(new JsonArray()
                        .add(person("boss", "SUPER_EXECUTIVE", "1430004"))
                        .add(person("a000010", "SHOWN", "0")));
        String hash = new JsonObject(ledger.text()).getString("contentHash");
        assertThat(call("GET", "/ledger/shown?corpId=acme&userid=a000010&contentHash=" + hash, "")
                        .json())
                .isEqualTo(new JsonObject().put("shown", 1));
        assertThat(call("GET", "/stats", "").json().getInteger("meteredCalls")).isEqualTo(1);
        assertThat(call("GET", "/ledger/duplicates", "").json().getJsonArray("duplicates"))
                .isEmpty();
        assertThat(call("GET", "/ledger/worst?app=k&api=NOTICE_SEND", "").json())
                .isEqualTo(new JsonObject().put("calls", 1).put("noticeRecipientsInMinute", 2));
    }

    private static JsonObject person(String userid, String verdict, String code) {
        return new JsonObject().put("userid", userid).put("verdict", verdict).put("code", code);
    }

    @Test
    void limitsAreReadPatchedAndCheckedAsAWhole() {
        assertThat(call("PUT", "/limits", "{\"notice\":{\"recipientsPerMinute\":7}}")
                        .status())
                .isEqualTo(200);
        assertThat(call("GET", "/limits", "").json().getJsonObject("notice").getInteger("recipientsPerMinute"))
                .isEqualTo(7);
        Answer refused = call("PUT", "/limits", "{\"notice\":{\"recipientPerMinute\":7,\"usersPerCall\":\"x\"}}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().getString("detail"))
                .contains("notice.recipientPerMinute: unknown key", "notice.usersPerCall: must be a whole number");
    }

    @Test
    void faultsComeAndGo() {
        Answer added = call(
                "POST",
                "/faults",
                "{\"api\":\"/robot/send\",\"effect\":{\"kind\":\"answer\",\"status\":502,\"body\":\"x\"}}");
        assertThat(platform.postJson("/robot/send", new JsonObject()).status()).isEqualTo(502);
        long id = added.json().getLong("id");
        assertThat(call("GET", "/faults", "")
                        .json()
                        .getJsonArray("faults")
                        .getJsonObject(0)
                        .getInteger("met"))
                .isEqualTo(1);
        assertThat(call("DELETE", "/faults/" + id, "").status()).isEqualTo(200);
        assertThat(call("DELETE", "/faults/" + id, "").status()).isEqualTo(404);
        assertThat(platform.postJson("/robot/send", new JsonObject()).status()).isEqualTo(200);
    }

    @Test
    void theClockMovesForwardOnly() {
        assertThat(call("POST", "/clock", "{\"frozen\":true,\"advanceTo\":\"2027-01-01T00:00:00Z\"}")
                        .json()
                        .getString("now"))
                .isEqualTo("2027-01-01T00:00:00Z");
        assertThat(call("POST", "/clock", "{\"advanceTo\":\"2026-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theClockAndTheLedgerRefuseWhatTheyCannotCount() {
        for (String far : List.of(
                "{\"advanceMillis\":9223372036854775807}",
                "{\"advanceMillis\":-1}",
                "{\"advanceTo\":\"+999999999-01-01T00:00:00Z\"}")) {
            assertThat(call("POST", "/clock", far).status()).as(far).isEqualTo(400);
        }
        assertThat(call("GET", "/clock", "").json().getString("now")).startsWith("20");
        assertThat(call("GET", "/ledger?from=-1", "").status()).isEqualTo(400);
    }

    @Test
    void foreignSpendAndRevocationTakeEffect() {
        String token = platform.token();
        call("POST", "/organisations/dingcorp/spend", "{\"calls\":10000}");
        assertThat(platform.notice(token, "user000001", "hi").subCode()).isEqualTo("90020");
        call("POST", "/apps/dingapp/revoke", "");
        assertThat(platform.notice(token, "user000001", "hi").subCode()).isEqualTo("40014");
        assertThat(call("POST", "/reset", "").status()).isEqualTo(200);
        assertThat(platform.simulator().ledger().size()).isZero();
        assertThat(platform.notice(platform.token(), "user000001", "hi").errcode())
                .isZero();
    }

    @Test
    void mistakesArePointedAt() {
        Answer typo = call("PUT", "/organisations/acme", "{\"teir\":\"standard\"}");
        assertThat(typo.status()).isEqualTo(400);
        assertThat(typo.json().getString("pointer")).isEqualTo("/teir");
        Answer effect = call("POST", "/faults", "{\"effect\":{\"kind\":\"meteor\"}}");
        assertThat(effect.json().getString("pointer")).isEqualTo("/effect/kind");
        Answer field = call("POST", "/faults", "{\"effect\":{\"kind\":\"serverError\",\"code\":503}}");
        assertThat(field.json().getString("pointer")).isEqualTo("/effect/code");
        Answer status = call("POST", "/faults", "{\"effect\":{\"kind\":\"serverError\",\"status\":42}}");
        assertThat(status.json().getString("pointer")).isEqualTo("/effect/status");
        Answer range = call(
                "PUT",
                "/robots/ops",
                "{\"corpId\":\"dingcorp\",\"accessToken\":\"t\",\"ipAllowlist\":[\"10.0.0.0/40\"]}");
        assertThat(range.status()).isEqualTo(400);
        assertThat(call("PUT", "/organisations/acme", "{").status()).isEqualTo(400);
        assertThat(call("GET", "/nothing", "").status()).isEqualTo(404);
        assertThat(call("POST", "/organisations/none/people", "{}").status()).isEqualTo(404);
    }
}
