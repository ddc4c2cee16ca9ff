package dev.sluice.engine.ingestion;

import static dev.sluice.engine.ingestion.SendApi.await;
import static dev.sluice.engine.ingestion.SendApi.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Postgres goes away and comes back, or is slow, while requests arrive: its connections run through a door that the tests shut. */
@ExtendWith({PostgresExtension.class, SendApiExtension.class})
class StoreOutageTest {
    private static final int ROWS_QUEUED = 2_000;

    private final Set<NetSocket> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;
    private TestDatabase database;
    private NetServer door;
    private NetClient inside;
    private Pool pool;
    private SendApi api;

    @BeforeEach
    void start(Vertx vertx, TestDatabase fresh) {
        database = fresh;
        inside = vertx.createNetClient();
        PgConnectOptions real = fresh.connectOptions();
        door = vertx.createNetServer().connectHandler(client -> pass(client, real));
        await(door.listen(0, "127.0.0.1"));
        PgConnectOptions throughTheDoor =
                new PgConnectOptions(real).setHost("127.0.0.1").setPort(door.actualPort());
        pool = PgPools.create(vertx, throughTheDoor, PgTimeouts.STANDARD, "door", 8, 1_000);
        IngestionBounds small = SendApiExtension.bounds(
                Map.of("rowsPerCommit", 1_000, "rowsQueued", ROWS_QUEUED, "recordMillis", 10_000));
        api = new SendApi(vertx, fresh, pool, small);
    }

    @AfterEach
    void stop() {
        api.close();
        await(pool.close());
        await(door.close());
        await(inside.close());
    }

    @Test
    void whileItIsAwayRequestsAreToldToComeBackAndAfterwardsTheyAreTaken() {
        assertThat(await(api.send(message("a"), "first", 1)).statusCode()).isEqualTo(202);
        shut();
        HttpResponse<Buffer> refused = await(api.send(message("a"), "second", 1));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.getHeader("Retry-After")).isNotBlank();
        assertThat(refused.bodyAsJsonObject().getString("type"))
                .isIn("urn:sluice:problem:unavailable", "urn:sluice:problem:outcome-unknown");
        HttpResponse<Buffer> list = api.get("/v1/campaigns", 1);
        assertThat(list.statusCode()).isEqualTo(503);
        assertThat(list.getHeader("Retry-After")).isNotBlank();
        shut = false;
        assertThat(accepted("second")).isEqualTo(202);
        assertThat(database.number("SELECT count(*) FROM submission")).isEqualTo(2);
    }

    @Test
    void whateverWasAnsweredWhenItBrokeEveryKeyStandsForOneMessageInTheEnd() {
        List<Future<HttpResponse<Buffer>>> asked = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            asked.add(api.send(message("a"), "k" + i, 1));
            if (i % 200 == 100) {
                await(asked.get(i - 60));
                shut();
                shut = false;
            }
        }
        asked.forEach(SendApi::await);
        assertThat(asked.stream().map(answer -> answer.result().statusCode())).isSubsetOf(202, 503);
        for (int i = 0; i < asked.size(); i++) {
            HttpResponse<Buffer> answer = asked.get(i).result();
            if (answer.statusCode() == 202) {
                assertThat(database.number(
                                "SELECT count(*) FROM idempotency JOIN submission ON id = submission_id WHERE key = 'k"
                                        + i + "'"))
                        .as("k%d was answered 202", i)
                        .isOne();
            } else {
                assertThat(answer.getHeader("Retry-After")).isNotBlank();
                assertThat(accepted("k" + i)).isEqualTo(202);
            }
        }
        assertThat(database.number("SELECT count(*) FROM submission")).isEqualTo(asked.size());
        assertThat(database.number("SELECT count(*) FROM delivery")).isEqualTo(asked.size());
    }

    @Test
    void whileItOnlyReadsNothingIsStoredAndRequestsAreToldToComeBack() {
        String name = database.text("SELECT current_database()");
        database.execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
        database.resetConnections();
        TestWaiting.until(
                TestWaiting.PATIENCE,
                () -> api.get("/v1/campaigns", 1).statusCode() == 200,
                () -> "no connection comes back");
        List<Future<HttpResponse<Buffer>>> asked = IntStream.range(0, 30)
                .mapToObj(i -> api.send(message("a"), "k" + i, 1))
                .toList();
        assertThat(asked.stream().map(SendApi::await)).allSatisfy(refused -> {
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.bodyAsJsonObject().getString("type")).isEqualTo("urn:sluice:problem:unavailable");
        });
        assertThat(api.meters
                        .get("sluice.ingestion.refused")
                        .tag("reason", "unavailable")
                        .counter()
                        .count())
                .isEqualTo(asked.size());
        database.execute("ALTER DATABASE " + name + " RESET default_transaction_read_only");
        database.resetConnections();
        assertThat(accepted("k0")).isEqualTo(202);
    }

    @Test
    void slowCommitsShedLoadAtTheBoundAndWhatWasTakenIsThere() throws SQLException {
        String[] people = IntStream.range(0, 100).mapToObj(i -> "p" + i).toArray(String[]::new);
        List<Future<HttpResponse<Buffer>>> asked = new ArrayList<>();
        api.get("/v1/campaigns", 1);
        api.get("/v1/campaigns", 2);
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE submission IN ACCESS EXCLUSIVE MODE");
            for (int i = 0; i < 60; i++) {
                asked.add(api.send(message(people), "slow" + i, 1 + i % 2));
            }
            awaitRefusals(asked);
            assertThat(rowsQueued()).isBetween(1.0, (double) ROWS_QUEUED);
            holder.rollback();
        }
        List<HttpResponse<Buffer>> answers = asked.stream().map(SendApi::await).toList();
        assertThat(answers.stream().map(HttpResponse::statusCode))
                .contains(202)
                .containsAnyOf(429, 503)
                .isSubsetOf(202, 429, 503);
        assertThat(answers.stream().filter(answer -> answer.statusCode() != 202))
                .allSatisfy(
                        answer -> assertThat(answer.getHeader("Retry-After")).isNotBlank());
        long taken =
                answers.stream().filter(answer -> answer.statusCode() == 202).count();
        assertThat(database.number("SELECT count(*) FROM delivery")).isEqualTo(taken * 100);
        assertThat(rowsQueued()).isZero();
    }

    @Test
    void aMessageThatPostgresRefusesIsRefusedAloneAndItsCompanyIsTaken() throws SQLException {
        database.execute("ALTER TABLE delivery ADD CONSTRAINT no_poison CHECK (recipient <> 'poison')");
        api.get("/v1/campaigns", 1);
        List<Future<HttpResponse<Buffer>>> asked = new ArrayList<>();
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE submission IN ACCESS EXCLUSIVE MODE");
            for (int i = 0; i < 30; i++) {
                asked.add(api.send(message(i == 17 ? "poison" : "person-" + i), "with" + i, 1));
            }
            TestWaiting.until(TestWaiting.PATIENCE, () -> rowsQueued() > 20, () -> "queued: " + rowsQueued());
            holder.rollback();
        }
        List<HttpResponse<Buffer>> answers = asked.stream().map(SendApi::await).toList();
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).statusCode()).as("message %d", i).isEqualTo(i == 17 ? 500 : 202);
        }
        assertThat(answers.get(17).bodyAsJsonObject().getString("detail"))
                .contains("23514")
                .doesNotContain("poison");
        assertThat(database.number("SELECT count(*) FROM delivery")).isEqualTo(29);
    }

    @Test
    void aKeyThatIsForgottenJustThenIsANewOneAndItsCompanyHearsThatItIsTaken() throws SQLException {
        database.execute("""
                CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM idempotency WHERE key = 'old'; RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER forget AFTER INSERT ON submission DEFERRABLE INITIALLY DEFERRED
                  FOR EACH ROW WHEN (NEW.channel_id = 2) EXECUTE FUNCTION forget();
                INSERT INTO idempotency VALUES (1, 'old', gen_random_uuid(), 1)
                """);
        List<Future<HttpResponse<Buffer>>> asked = inCompanyOfAnOldKey(
                new JsonObject().put("channel", "group").put("content", SendApi.content("hello")), nothing -> {});
        assertThat(asked.stream().map(answer -> await(answer).statusCode())).containsOnly(202);
        assertThat(database.number("SELECT count(*) FROM submission")).isEqualTo(3);
    }

    /** As when Postgres ends between the two: the company of a repeated request was told that nothing of it is stored. */
    @Test
    void whatIsCommittedIsAnsweredSoAlthoughNobodyCouldSayAtOnceWhatAKeyInItsGroupStandsFor() throws SQLException {
        assertThat(await(api.send(message("a"), "old", 1)).statusCode()).isEqualTo(202);
        List<Future<HttpResponse<Buffer>>> asked = inCompanyOfAnOldKey(
                message("b"), statement -> statement.execute("ALTER TABLE campaign RENAME TO hidden"));
        TestWaiting.until(
                TestWaiting.PATIENCE,
                () -> database.number("SELECT count(*) FROM submission") == 3,
                () -> "the group is not committed");
        database.execute("ALTER TABLE hidden RENAME TO campaign");
        assertThat(asked.stream().map(answer -> await(answer).statusCode())).containsOnly(202);
        assertThat(database.number("SELECT count(*) FROM submission")).isEqualTo(3);
    }

    @Test
    void aCommitThatIsHeldUpDoesNotHoldUpThoseAfterIt() throws SQLException {
        Future<HttpResponse<Buffer>> heldUp;
        api.get("/v1/campaigns", 1);
        api.get("/v1/campaigns", 2);
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("INSERT INTO idempotency VALUES (1, 'held', gen_random_uuid(), 1)");
            heldUp = api.send(message("a"), "held", 1);
            TestWaiting.until(
                    TestWaiting.PATIENCE,
                    () -> database.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0,
                    () -> "no commit waits for the key");
            List<Future<HttpResponse<Buffer>>> others = IntStream.range(0, GroupCommit.WORTH_A_WRITE)
                    .mapToObj(i -> api.send(message("a"), "other" + i, 1 + i % 2))
                    .toList();
            assertThat(others.stream().map(answer -> await(answer).statusCode()))
                    .containsOnly(202);
            assertThat(heldUp.isComplete()).isFalse();
            holder.rollback();
        }
        assertThat(await(heldUp).statusCode()).isEqualTo(202);
    }

    @Test
    void whatWasReadBeforeAStopIsStillAnswered() throws SQLException {
        api.get("/v1/campaigns", 1);
        int port = api.port();
        Future<HttpResponse<Buffer>> asked;
        Future<Void> stopped;
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE submission IN ACCESS EXCLUSIVE MODE");
            asked = api.send(message("a"), "k", 1);
            TestWaiting.until(
                    TestWaiting.PATIENCE,
                    () -> database.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0,
                    () -> "no commit waits for the table");
            stopped = api.stop();
            TestWaiting.until(TestWaiting.PATIENCE, () -> !isListening(port), () -> "the port is still open");
            holder.rollback();
        }
        assertThat(await(asked).statusCode()).isEqualTo(202);
        await(stopped);
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void aThousandRequestsAtOnceShareAFewCommits() {
        List<Future<HttpResponse<Buffer>>> asked = IntStream.range(0, 1_200)
                .mapToObj(i -> api.send(message("a"), "many" + i, 1 + i % 2))
                .toList();
        assertThat(asked.stream().map(answer -> await(answer).statusCode())).containsOnly(202);
        assertThat(database.number("SELECT count(*) FROM submission")).isEqualTo(1_200);
        assertThat(api.meters.get("sluice.ingestion.commit").timer().count()).isLessThan(1_000);
    }

    /** What is done to the database while a group waits to be committed. */
    private interface Meanwhile {
        void happensTo(Statement database) throws SQLException;
    }

    /** A message with a key that was used before and one beside it, committed as one group behind another message; the answers to all three. */
    private List<Future<HttpResponse<Buffer>>> inCompanyOfAnOldKey(JsonObject company, Meanwhile meanwhile)
            throws SQLException {
        api.get("/v1/campaigns", 1);
        List<Future<HttpResponse<Buffer>>> asked = new ArrayList<>();
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE submission IN ACCESS EXCLUSIVE MODE");
            asked.add(api.send(message("a"), "first", 1));
            TestWaiting.until(
                    TestWaiting.PATIENCE,
                    () -> database.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0,
                    () -> "no commit waits for the table");
            asked.add(api.send(message("a"), "old", 1));
            asked.add(api.send(company, "company", 1));
            TestWaiting.until(TestWaiting.PATIENCE, () -> rowsQueued() == 2, () -> "queued: " + rowsQueued());
            meanwhile.happensTo(statement);
            holder.commit();
        }
        return asked;
    }

    private double rowsQueued() {
        return api.meters.get("sluice.ingestion.rows.queued").gauge().value();
    }

    private static void awaitRefusals(List<Future<HttpResponse<Buffer>>> asked) {
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (asked.stream().filter(Future::isComplete).count() < 10) {
            assertThat(System.nanoTime()).as("refusals at the bound").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Asks until the answer is another than 503: the node has to recover by itself. */
    private int accepted(String key) {
        long deadline = System.nanoTime() + 120_000_000_000L;
        HttpResponse<Buffer> answer;
        do {
            answer = await(api.send(message("a"), key, 1));
        } while (answer.statusCode() == 503 && System.nanoTime() < deadline);
        return answer.statusCode();
    }

    /** New connections are refused a word, old ones end in the middle of whatever they carry. */
    private void shut() {
        shut = true;
        connections.forEach(NetSocket::close);
    }

    private void pass(NetSocket client, PgConnectOptions real) {
        if (shut) {
            client.close();
            return;
        }
        connections.add(client);
        client.pause();
        inside.connect(real.getPort(), real.getHost())
                .onFailure(broken -> client.close())
                .onSuccess(server -> {
                    connections.add(server);
                    client.closeHandler(closed -> server.close());
                    server.closeHandler(closed -> client.close());
                    client.handler(server::write);
                    server.handler(client::write);
                    client.resume();
                });
    }
}
