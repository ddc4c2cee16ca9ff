package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.AdminTestServer.Answer;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class OrganisationTest {
    private static final String ORGANISATIONS = "/v1/tenants/1/organisations";

    @Test
    void aPlatformThatIsNotBuiltYetIsRefusedAsSuch(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            server.tenant("acme", "standard");
            for (String platform : new String[] {"lark", "feishu"}) {
                Answer refused =
                        server.call("POST", ORGANISATIONS, organisation("other").put("platform", platform));
                assertThat(refused.status()).isEqualTo(422);
                assertThat(refused.body().getJsonArray("errors").encode())
                        .contains("/platform")
                        .contains("not built yet");
            }
            assertThat(database.number("SELECT count(*) FROM organisation")).isOne();
        }
    }

    @Test
    void everyFieldThatIsWrongIsNamedAtOnceEvenWhereTheDatabaseKnows(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            server.tenant("acme", "standard");
            JsonObject nameless = organisation("other").put("profile", "gold");
            nameless.remove("name");
            assertThat(server.pointers("POST", ORGANISATIONS, nameless)).containsExactly("/name", "/profile");
            JsonObject past = new JsonObject().put("profile", "gold").put("effectiveFrom", "2020-01-01");
            assertThat(server.pointers("PUT", "/v1/organisations/1/profile", past))
                    .containsExactly("/effectiveFrom", "/profile");
        }
    }

    @Test
    void aCorpIsTheSameWhateverSpacesWereCopiedWithItsId(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            server.tenant("acme", "standard");
            assertThat(server.call("POST", ORGANISATIONS, organisation("other")).status())
                    .isEqualTo(201);
            Answer again =
                    server.call("POST", ORGANISATIONS, organisation("other").put("corpId", " corp-other\n"));
            assertThat(again.status()).isEqualTo(409);
        }
    }

    private static JsonObject organisation(String name) {
        return new JsonObject()
                .put("platform", "dingtalk")
                .put("corpId", "corp-" + name)
                .put("name", name)
                .put("profile", "standard");
    }
}
