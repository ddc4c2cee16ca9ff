package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.AdminTestServer.Answer;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class LimitTest {
    @Test
    void theBuiltInProfilesHaveTheOperatorsAndTheVendorsNumbers(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            JsonObject profiles = server.done("GET", "/v1/profiles", null);
            assertThat(limits(profiles, "standard").getLong("calls-per-month")).isEqualTo(10_000);
            assertThat(limits(profiles, "professional").getLong("qps-per-app-and-api"))
                    .isEqualTo(40);
            assertThat(limits(profiles, "enterprise").getLong("calls-per-month"))
                    .isEqualTo(5_500_000);
            assertThat(limits(profiles, "standard-2025-11").getLong("webhook-calls-per-month"))
                    .isEqualTo(3_000);
            assertThat(limits(profiles, "professional-2025-11").getLong("people-per-minute"))
                    .isEqualTo(5_000);
            assertThat(limits(profiles, "enterprise").containsKey("webhook-calls-per-month"))
                    .isFalse();
        }
    }

    @Test
    void limitsAreWrittenForwardOnlyAndMayEnd(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            LocalDate today = server.clock.platformDay();
            JsonObject limits = new JsonObject().put("qps-per-app-and-api", 30).putNull("people-per-minute");
            JsonObject change = new JsonObject().put("limits", limits).put("source", "contract 12");
            String path = "/v1/profiles/standard/limits";
            assertThat(server.call(
                                    "PUT",
                                    path,
                                    change.copy()
                                            .put(
                                                    "effectiveFrom",
                                                    today.minusDays(1).toString()))
                            .status())
                    .isEqualTo(422);
            server.done(
                    "PUT",
                    path,
                    change.copy().put("effectiveFrom", today.plusDays(1).toString()));
            assertThat(limits(server.done("GET", "/v1/profiles", null), "standard")
                            .getLong("qps-per-app-and-api"))
                    .isEqualTo(20);
            server.done("PUT", path, change);
            JsonObject now = limits(server.done("GET", "/v1/profiles", null), "standard");
            assertThat(now.getLong("qps-per-app-and-api")).isEqualTo(30);
            assertThat(now.containsKey("people-per-minute")).isFalse();
            assertThat(server.call("DELETE", path + "/" + today, null).status()).isEqualTo(422);
            server.done("DELETE", path + "/" + today.plusDays(1), null);
        }
    }

    @Test
    void daysBeyondWhatADatabaseHoldsAreRefusedAndThePastStays(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            server.tenant("acme", "standard");
            long before = database.number("SELECT count(*) FROM limit_profile");
            for (String day : List.of("+11761221-01-20", "+5874898-01-01", "3000-01-01", "1999-12-31")) {
                JsonObject change = new JsonObject()
                        .put("limits", new JsonObject().put("qps-per-app-and-api", 30))
                        .put("source", "x")
                        .put("effectiveFrom", day);
                Answer put = server.call("PUT", "/v1/profiles/standard/limits", change);
                assertThat(put.status()).as(day).isEqualTo(422);
                assertThat(put.body().encode()).contains("/effectiveFrom");
                Answer removed =
                        server.call("DELETE", "/v1/profiles/professional/limits/" + day.replace("+", "%2B"), null);
                assertThat(removed.status()).as(day).isEqualTo(422);
                assertThat(removed.body().encode()).contains("path:effectiveFrom");
                String moment = day + "T00:00:00Z";
                assertThat(server.call(
                                        "POST",
                                        "/v1/tenants/1/keys",
                                        new JsonObject().put("label", "x").put("expiresAt", moment))
                                .body()
                                .encode())
                        .contains("/expiresAt");
                String month = day.substring(0, day.length() - 3).replace("+", "%2B");
                assertThat(server.call("GET", "/v1/organisations/1/budgets/" + month, null)
                                .status())
                        .as(month)
                        .isEqualTo(404);
            }
            assertThat(database.number("SELECT count(*) FROM limit_profile")).isEqualTo(before);
        }
    }

    @Test
    void anAddressThatNoDatabaseCouldBeAskedForIsABadRequest(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            for (String path : List.of(
                    "/v1/profiles/%00",
                    "/v1/profiles/%00/limits/2027-01-01",
                    "/v1/profiles?after=%00",
                    "/v1/keys?after=a%00",
                    "/v1/audit?target=%00")) {
                String method = path.endsWith("2027-01-01") ? "DELETE" : "GET";
                assertThat(server.call(method, path, null).status()).as(path).isEqualTo(400);
            }
        }
    }

    @Test
    void unknownLimitsAndProfilesAreRefused(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            JsonObject typo = new JsonObject()
                    .put("limits", new JsonObject().put("qps", 30).put("people-per-minute", 1))
                    .put("source", "x");
            assertThat(server.call("PUT", "/v1/profiles/mine/limits", typo)
                            .body()
                            .encode())
                    .contains("/limits/qps");
            typo.getJsonObject("limits").remove("qps");
            assertThat(server.call("PUT", "/v1/profiles/unlimited/limits", typo).status())
                    .isEqualTo(422);
            long tenantId = server.tenant("acme", "unlimited");
            assertThat(server.call("PUT", "/v1/organisations/1/profile", new JsonObject().put("profile", "standrad"))
                            .body()
                            .encode())
                    .contains("/profile");
            assertThat(tenantId).isPositive();
        }
    }

    @Test
    void aLimitThatCannotBeHeldIsRefused(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            JsonObject limits = new JsonObject()
                    .put("people-per-minute", 0)
                    .put("calls-per-month", Long.MAX_VALUE)
                    .put("qps-per-app-and-api", 1)
                    .put("messages-per-person-and-day", 0);
            JsonObject change = new JsonObject().put("limits", limits).put("source", "x");
            AdminTestServer.Answer refused = server.call("PUT", "/v1/profiles/mine/limits", change);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body().getJsonArray("errors").stream()
                            .map(fault -> ((JsonObject) fault).getString("pointer")))
                    .containsExactlyInAnyOrder("/limits/people-per-minute", "/limits/calls-per-month");
        }
    }

    @Test
    void aReadingAndAPackKeepTheLedgerBalanced(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            server.tenant("acme", "standard");
            LocalDate month = server.clock.platformMonth();
            database.execute("INSERT INTO budget (organisation_id, month, pool, granted, spent) VALUES (1, '" + month
                    + "', 'api', 10000, 400)");
            database.execute(
                    "INSERT INTO app (tenant_id, organisation_id, name, app_key, secrets_cipher) VALUES (1, 1, 'app', 'k', '')");
            long channel = database.number(
                    "INSERT INTO channel (tenant_id, app_id, kind, name) VALUES (1, 1, 'dingtalk-work', 'hr') RETURNING id");
            String path = "/v1/organisations/1/budgets/" + month.toString().substring(0, 7);
            JsonObject reading = new JsonObject().put("pool", "api");
            assertThat(server.done("POST", path + "/readings", reading.put("usedUnits", 1_000))
                            .getLong("foreign"))
                    .isEqualTo(600);
            assertThat(server.done("POST", path + "/readings", reading.put("usedUnits", 900))
                            .getLong("foreign"))
                    .isEqualTo(500);
            JsonObject pack =
                    new JsonObject().put("pool", "api").put("units", 5_000).put("reason", "order 9");
            JsonObject budget = server.done("POST", path + "/packs", pack);
            assertThat(budget.getLong("available")).isEqualTo(15_000 - 400 - 500);
            TestWaiting.until(
                    TestWaiting.PATIENCE, () -> server.wokenUp.contains(channel), () -> "woken " + server.wokenUp);
            assertThat(budget.getString("projectedExhaustionAt")).isNull();
            assertThat(
                            database.number(
                                    "SELECT sum(CASE WHEN credit = 'foreign' THEN units WHEN debit = 'foreign' THEN -units ELSE 0 END) FROM budget_posting"))
                    .isEqualTo(500);
            assertThat(server.done("GET", path + "/postings", null).getJsonArray("items"))
                    .hasSize(3);
            assertThat(server.done("GET", path, null).getJsonArray("items")).hasSize(1);
            assertThat(server.call("GET", "/v1/organisations/1/budgets/nonsense", null)
                            .status())
                    .isEqualTo(404);
        }
    }

    /** Whoever is told that nothing was changed enters a pack again, and bulk goes on beyond the month. */
    @Test
    void whoeverEntersAPackHearsWhetherItIsEnteredOrThatNobodyKnows(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            server.tenant("acme", "standard");
            LocalDate month = server.clock.platformMonth();
            database.execute("""
                    INSERT INTO budget (organisation_id, month, pool, granted) VALUES (1, '%s', 'api', 10000);
                    CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                      IF NEW.reason LIKE '%%full%%' THEN RAISE 'no place is left' USING ERRCODE = 'disk_full'; END IF;
                      PERFORM pg_terminate_backend(pg_backend_pid());
                      RETURN NULL;
                    END $$;
                    CREATE CONSTRAINT TRIGGER trouble AFTER INSERT ON budget_posting DEFERRABLE INITIALLY DEFERRED
                      FOR EACH ROW EXECUTE FUNCTION trouble()
                    """.formatted(month));
            String packs = "/v1/organisations/1/budgets/" + month.toString().substring(0, 7) + "/packs";
            JsonObject pack = new JsonObject().put("pool", "api").put("units", 5_000);

            Answer full = server.call("POST", packs, pack.copy().put("reason", "full"));
            assertThat(full.status()).isEqualTo(503);
            assertThat(full.body().getString("type")).isEqualTo("urn:sluice:problem:unavailable");
            Answer cutOff = server.call("POST", packs, pack.copy().put("reason", "cut off"));
            assertThat(cutOff.status()).isEqualTo(503);
            assertThat(cutOff.body().getString("type")).isEqualTo("urn:sluice:problem:outcome-unknown");
        }
    }

    private static JsonObject limits(JsonObject profiles, String name) {
        return profiles.getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(profile -> profile.getString("profile").equals(name))
                .findFirst()
                .orElseThrow()
                .getJsonObject("limitsInForce");
    }
}
