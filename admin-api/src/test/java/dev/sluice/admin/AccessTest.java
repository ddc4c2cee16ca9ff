package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class AccessTest {
    @Test
    void everyRouteNeedsAKeyOfScopeAdmin(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            long tenantId = server.tenant("acme", "standard");
            String sendKey = server.done(
                            "POST", "/v1/tenants/" + tenantId + "/keys", new JsonObject().put("label", "app"))
                    .getString("key");
            long audited = database.number("SELECT count(*) FROM audit");
            AdminTestServer.routes().forEach(route -> {
                String path = route.path().replaceAll("\\{.*?}", "1");
                String method = route.method().name();
                assertThat(server.call(method, path, null, null).status())
                        .as(path)
                        .isEqualTo(401);
                assertThat(server.call(method, path, null, sendKey).status())
                        .as(path)
                        .isEqualTo(403);
            });
            assertThat(database.number("SELECT count(*) FROM audit")).isEqualTo(audited);
        }
    }

    @Test
    void theFirstAdminKeyIsMadeOnceOnly(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            assertThat(new dev.sluice.admin.key.AdminKeys(server.pool, new java.security.SecureRandom())
                            .first()
                            .await())
                    .isEmpty();
            assertThat(server.call("GET", "/v1/tenants", null).status()).isEqualTo(200);
        }
    }

    @Test
    void aRevokedKeyIsRefused(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            JsonObject key = server.done("POST", "/v1/admin-keys", new JsonObject().put("label", "second"));
            assertThat(server.call("GET", "/v1/nodes", null, key.getString("key"))
                            .status())
                    .isEqualTo(200);
            server.done("DELETE", "/v1/keys/" + key.getString("id"), null);
            server.clock.advanceMillis(5_000);
            assertThat(server.call("GET", "/v1/nodes", null, key.getString("key"))
                            .status())
                    .isEqualTo(401);
            assertThat(server.done("GET", "/v1/keys", null).encode()).doesNotContain(key.getString("key"));
        }
    }

    @Test
    void theLastAdminKeyInForceStays(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            String first = "/v1/keys/" + database.text("SELECT id FROM api_key");
            assertThat(server.call("DELETE", first, null).status()).isEqualTo(409);
            assertThat(database.number("SELECT count(*) FROM api_key WHERE revoked_at IS NOT NULL"))
                    .isZero();
            server.done("POST", "/v1/admin-keys", new JsonObject().put("label", "second"));
            assertThat(server.call("DELETE", first, null).status()).isEqualTo(200);
        }
    }

    @Test
    void fieldsThatNobodyAskedForAreRefusedWithTheirPlace(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            AdminTestServer.Answer answer = server.call(
                    "POST",
                    "/v1/tenants",
                    new JsonObject().put("name", "acme").put("state", "active").put("id", 7));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body().getJsonArray("errors").encode())
                    .contains("/state")
                    .contains("/id");
            assertThat(database.number("SELECT count(*) FROM tenant")).isZero();
        }
    }

    @Test
    void aParameterThatCannotBeReadIsTheSameProblemAsAtTheSendApi(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            Map<String, String> unreadable = Map.of(
                    "/v1/tenants?limit=0", "query:limit",
                    "/v1/tenants?limit=x", "query:limit",
                    "/v1/tenants?after=x", "query:after",
                    "/v1/tenants?page=2", "query:page",
                    "/v1/channels?tenantId=x", "query:tenantId");
            unreadable.forEach((path, pointer) -> {
                AdminTestServer.Answer answer = server.call("GET", path, null);
                assertThat(answer.status()).as(path).isEqualTo(400);
                assertThat(answer.body().getString("type")).isEqualTo("urn:sluice:problem:malformed-request");
                assertThat(answer.body().getJsonArray("errors").getJsonObject(0).getString("pointer"))
                        .isEqualTo(pointer);
            });
        }
    }

    @Test
    void aTextThatNoDatabaseKeepsIsTheCallersFault(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            AdminTestServer.Answer answer =
                    server.call("POST", "/v1/tenants", new JsonObject().put("name", "a\u0000b"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(database.number("SELECT count(*) FROM tenant")).isZero();
        }
    }
}
