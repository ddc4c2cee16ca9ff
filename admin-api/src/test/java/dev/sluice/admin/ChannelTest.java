package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.AdminTestServer.Answer;
import dev.sluice.engine.directory.PgDirectory;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ChannelTest {
    private static final String CANARY = "canary-7d21e0";

    @Test
    void itsSecretsReachTheEngineAndNobodyElse(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            long tenantId = server.tenant("acme", "standard");
            StringBuilder heard = new StringBuilder();
            JsonObject channel = server.done("POST", "/v1/tenants/" + tenantId + "/channels", work("notices"));
            heard.append(channel.encode());
            server.done(
                    "PUT",
                    "/v1/apps/" + channel.getLong("appId") + "/secrets",
                    new JsonObject().put("appSecret", CANARY + "-2"));
            for (String path : new String[] {"/v1/apps", "/v1/channels", "/v1/audit", "/v1/apps/1", "/v1/lanes"}) {
                heard.append(server.done("GET", path, null).encode());
            }
            heard.append(server.call(
                            "POST",
                            "/v1/tenants/" + tenantId + "/channels",
                            work("Not A Name").put(CANARY, 1))
                    .status());
            assertThat(heard).doesNotContain(CANARY);
            assertThat(database.text("SELECT string_agg(a::text || encode(secrets_cipher, 'escape'), '') FROM app a"))
                    .doesNotContain(CANARY);
            assertThat(database.text("SELECT string_agg(detail::text, '') FROM audit"))
                    .doesNotContain(CANARY);
            PgDirectory directory = directory(server, database);
            assertThat(directory
                            .channel(tenantId, "notices")
                            .orElseThrow()
                            .app()
                            .secrets())
                    .isEqualTo(Map.of("appSecret", CANARY + "-2"));
            directory.stop().await();
        }
    }

    @Test
    void aSecretThatWasCopiedToAnotherRowPausesThatChannelOnly(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            long tenantId = server.tenant("acme", "standard");
            String channels = "/v1/tenants/" + tenantId + "/channels";
            server.done("POST", channels, work("first"));
            server.done("POST", channels, work("second").put("appKey", "other-key"));
            database.execute(
                    "UPDATE app SET secrets_cipher = (SELECT secrets_cipher FROM app WHERE id = 1) WHERE id = 2");
            PgDirectory directory = directory(server, database);
            assertThat(directory.channel(tenantId, "first").orElseThrow().paused())
                    .isFalse();
            assertThat(directory.channel(tenantId, "second").orElseThrow().paused())
                    .isTrue();
            assertThat(directory.channel(tenantId, "second").orElseThrow().pauseReason())
                    .contains("do not open");
            directory.stop().await();
        }
    }

    @Test
    void aCorpOrAnAppIsRegisteredOnceSinceItsLimitsExistOnce(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            long acme = server.tenant("acme", "standard");
            long other = server.tenant("other", "standard");
            server.done("POST", "/v1/tenants/" + acme + "/channels", work("notices"));

            Answer sameCorp = server.call(
                    "POST",
                    "/v1/tenants/" + other + "/organisations",
                    new JsonObject()
                            .put("platform", "dingtalk")
                            .put("corpId", "corp-acme")
                            .put("name", "Again")
                            .put("profile", "standard"));
            Answer sameApp = server.call(
                    "POST",
                    "/v1/tenants/" + other + "/channels",
                    work("notices").put("organisationId", 2));

            assertConflict(sameCorp, "/corpId", "This corp is an organisation of this installation already");
            assertConflict(sameApp, "/appKey", "An app with this appKey is in this installation already");
            for (Answer refused : new Answer[] {sameCorp, sameApp}) {
                assertThat(refused.body().encode())
                        .contains("kept only once: add the channel to ")
                        .doesNotContain("acme");
            }
            assertThat(database.number("SELECT count(*) FROM app")).isOne();
        }
    }

    @Test
    void aWebhookRobotsNameIsTheTenantsOwnAndMayRepeat(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            for (String name : new String[] {"acme", "other"}) {
                long tenantId = server.tenant(name, "standard");
                server.done(
                        "POST",
                        "/v1/tenants/" + tenantId + "/channels",
                        webhook(tenantId, "alarm", "token-of-" + name));
            }
        }
    }

    /** The platform counts what a robot says by its token, whatever the channel is called. */
    @Test
    void aWebhookRobotIsRegisteredOnceByItsToken(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            JsonObject first = server.done("POST", channelsOf(server, "acme"), webhook(1, "alarm", "t1"));
            String others = channelsOf(server, "other");

            assertThat(server.call("POST", others, webhook(2, "news", "t1")).status())
                    .isEqualTo(409);
            JsonObject second = server.done("POST", others, webhook(2, "news", "t2"));
            assertThat(server.call("PUT", secretsOf(second), new JsonObject().put("accessToken", "t1"))
                            .status())
                    .isEqualTo(409);

            server.done(
                    "PUT",
                    secretsOf(first),
                    new JsonObject().put("accessToken", "t1").put("signSecret", "new"));
            server.done("PUT", secretsOf(first), new JsonObject().put("accessToken", "t3"));
            server.done("PUT", secretsOf(second), new JsonObject().put("accessToken", "t1"));
        }
    }

    private static String channelsOf(AdminTestServer server, String tenant) {
        return "/v1/tenants/" + server.tenant(tenant, "standard") + "/channels";
    }

    private static String secretsOf(JsonObject channel) {
        return "/v1/apps/" + channel.getLong("appId") + "/secrets";
    }

    private static JsonObject webhook(long organisationId, String name, String token) {
        return new JsonObject()
                .put("organisationId", organisationId)
                .put("kind", "dingtalk-webhook")
                .put("name", name)
                .put("secrets", new JsonObject().put("accessToken", token));
    }

    @Test
    void eachKindAsksForWhatItNeeds(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            String channels = "/v1/tenants/" + server.tenant("acme", "standard") + "/channels";
            Answer bare = server.call(
                    "POST",
                    channels,
                    new JsonObject()
                            .put("organisationId", 1)
                            .put("kind", "dingtalk-work")
                            .put("name", "w"));
            assertThat(bare.status()).isEqualTo(422);
            assertThat(bare.body().getJsonArray("errors").encode())
                    .contains("/appKey")
                    .contains("/agentId");
            JsonObject webhook = new JsonObject()
                    .put("organisationId", 1)
                    .put("kind", "dingtalk-webhook")
                    .put("name", "alarm")
                    .put("secrets", new JsonObject().put("appSecret", "x"));
            assertThat(server.call("POST", channels, webhook)
                            .body()
                            .getJsonArray("errors")
                            .encode())
                    .contains("/secrets/accessToken")
                    .contains("/secrets/appSecret");
            webhook.put("secrets", new JsonObject().put("accessToken", "t").put("signSecret", "s"));
            assertThat(server.call("POST", channels, webhook).status()).isEqualTo(201);
            assertThat(server.call("POST", channels, webhook.put("secrets", new JsonObject()))
                            .status())
                    .isEqualTo(422);
        }
    }

    @Test
    void aSecondKindSharesTheAppAndItsSecrets(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            String channels = "/v1/tenants/" + server.tenant("acme", "standard") + "/channels";
            JsonObject work = server.done("POST", channels, work("notices"));
            JsonObject robot = new JsonObject()
                    .put("organisationId", 1)
                    .put("kind", "dingtalk-robot")
                    .put("name", "robot")
                    .put("appKey", "ding-key")
                    .put("robotCode", "code");
            assertThat(server.call(
                                    "POST",
                                    channels,
                                    robot.copy().put("secrets", new JsonObject().put("appSecret", "x")))
                            .status())
                    .isEqualTo(422);
            assertThat(server.done("POST", channels, robot).getLong("appId")).isEqualTo(work.getLong("appId"));
            assertThat(server.call("POST", channels, robot).status()).isEqualTo(409);
        }
    }

    @Test
    void anAppIsNotSharedByAKindThatNeedsOtherSecrets(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            String channels = "/v1/tenants/" + server.tenant("acme", "standard") + "/channels";
            JsonObject webhook = webhook(1, "alarm", "t");
            JsonObject bare = webhook.copy();
            bare.remove("secrets");
            server.done("POST", channels, work("notices"));
            for (JsonObject asked : new JsonObject[] {webhook.copy(), bare}) {
                assertThat(server.pointers("POST", channels, asked.put("appKey", "ding-key")))
                        .containsExactly("/appKey");
            }
            server.done("POST", channels, webhook);
            assertThat(server.pointers("POST", channels, work("more").put("appKey", "alarm")))
                    .containsExactly("/appKey");
        }
    }

    @Test
    void aMistypedAgentIsCorrectedAtTheAppWhoseKeyStays(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            long tenantId = server.tenant("acme", "standard");
            server.done("POST", "/v1/tenants/" + tenantId + "/channels", work("notices"));
            server.done("PATCH", "/v1/apps/1", new JsonObject().put("agentId", 4712));
            assertThat(server.pointers(
                            "PATCH",
                            "/v1/apps/1",
                            new JsonObject().put("robotCode", "code").put("appKey", "other")))
                    .containsExactly("/robotCode", "/appKey");
            PgDirectory directory = directory(server, database);
            assertThat(directory
                            .channel(tenantId, "notices")
                            .orElseThrow()
                            .app()
                            .agentId())
                    .isEqualTo(4712);
            directory.stop().await();
        }
    }

    @Test
    void anotherTenantsOrganisationIsNotThere(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            server.tenant("acme", "standard");
            long other = server.tenant("other", "standard");
            assertThat(server.pointers(
                            "POST",
                            "/v1/tenants/" + other + "/channels",
                            work("notices").put("receipts", "some")))
                    .containsExactly("/receipts", "/organisationId");
        }
    }

    @Test
    void everyFieldThatIsWrongIsNamedAtOnceEvenWhereTheAppOrTheKindIs(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            String channels = "/v1/tenants/" + server.tenant("acme", "standard") + "/channels";
            assertThat(server.pointers(
                            "POST", channels, work("first").put("kind", "fax").put("receipts", "some")))
                    .containsExactly("/kind", "/receipts");
            server.done("POST", channels, work("first"));
            assertThat(server.pointers(
                            "POST", channels, work("second").put("agentId", 1).put("receipts", "some")))
                    .containsExactly("/receipts", "/secrets", "/agentId");
        }
    }

    @Test
    void whatMayExistOnceIsRefusedWithItsFieldAndInWordsOfTheProduct(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            String channels = "/v1/tenants/" + server.tenant("acme", "standard") + "/channels";
            server.tenant("other", "standard");
            server.done("POST", channels, work("notices"));
            JsonObject again = work("notices");
            again.remove("secrets");
            JsonObject acme = new JsonObject().put("name", "acme");
            assertConflict(server.call("POST", channels, again), "/name", "This tenant has a channel of this name");
            assertConflict(server.call("POST", "/v1/tenants", acme), "/name", "There is a tenant of this name");
            assertConflict(server.call("PATCH", "/v1/tenants/2", acme), "/name", "There is a tenant of this name");
        }
    }

    private static void assertConflict(Answer refused, String pointer, String detail) {
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().getString("detail")).startsWith(detail).doesNotContain("_");
        assertThat(refused.body().getJsonArray("errors").getJsonObject(0).getString("pointer"))
                .isEqualTo(pointer);
    }

    @Test
    void settingsChangeOneByOneAndPausingSaysWhy(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            long tenantId = server.tenant("acme", "standard");
            server.done(
                    "POST",
                    "/v1/tenants/" + tenantId + "/channels",
                    work("notices").put("reservePercent", 7));
            JsonObject quiet = new JsonObject().put("from", "22:00").put("until", "08:00");
            JsonObject changed = server.done(
                    "PATCH",
                    "/v1/channels/1",
                    new JsonObject()
                            .put("onDoubt", "retry")
                            .put("quietHours", quiet)
                            .put("peoplePerCall", 20));
            assertThat(changed.getInteger("reservePercent")).isEqualTo(7);
            assertThat(changed.getJsonObject("quietHours").getString("zone")).isEqualTo("Asia/Shanghai");
            changed = server.done(
                    "PATCH",
                    "/v1/channels/1",
                    new JsonObject().putNull("quietHours").putNull("peoplePerCall"));
            assertThat(changed.getString("onDoubt")).isEqualTo("retry");
            assertThat(changed.getValue("quietHours")).isNull();
            assertThat(changed.getValue("peoplePerCall")).isNull();
            assertThat(server.call("POST", "/v1/channels/1/pause", new JsonObject())
                            .status())
                    .isEqualTo(422);
            server.done("POST", "/v1/channels/1/pause", new JsonObject().put("reason", "audit"));
            assertThat(server.done("GET", "/v1/lanes/1", null)
                            .getJsonArray("heldBy")
                            .encode())
                    .contains("audit");
            assertThat(server.done("POST", "/v1/channels/1/resume", null).getString("state"))
                    .isEqualTo("active");
            assertThat(server.done("GET", "/v1/audit?target=channel%201", null).getJsonArray("items"))
                    .hasSize(5);
        }
    }

    static JsonObject work(String name) {
        return new JsonObject()
                .put("organisationId", 1)
                .put("kind", "dingtalk-work")
                .put("name", name)
                .put("appKey", "ding-key")
                .put("agentId", 4711)
                .put("secrets", new JsonObject().put("appSecret", CANARY));
    }

    private static PgDirectory directory(AdminTestServer server, TestDatabase database) {
        PgDirectory directory = new PgDirectory(
                server.vertx(),
                server.pool,
                database.connectOptions(),
                PgTimeouts.STANDARD,
                server.secretBox,
                server.clock,
                60_000);
        directory.start().await();
        return directory;
    }
}
