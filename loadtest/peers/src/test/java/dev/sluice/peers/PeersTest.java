package dev.sluice.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.embedded.EmbeddedStores;
import dev.sluice.engine.store.JdbcAddress;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.SimulatorOptions;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallRow;
import dev.sluice.simulator.settings.LimitSettings;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison is worth something only if the others do the same job. */
class PeersTest {
    private static final List<String> PEOPLE =
            IntStream.rangeClosed(1, 200).mapToObj("user%06d"::formatted).toList();

    @TempDir
    static Path data;

    private static Vertx vertx;
    private static Simulator simulator;
    private static EmbeddedStores stores;
    private static PeerSettings settings;

    @BeforeAll
    static void startWorld() throws IOException {
        vertx = Vertx.vertx();
        LimitSettings limits = LimitSettings.defaults();
        limits.set("qps.enforced", false);
        simulator = Simulator.start(vertx, SimulatorOptions.defaults().withLimits(limits))
                .await();
        stores = EmbeddedStores.in(data);
        JdbcAddress postgres = JdbcAddress.of(stores.startPostgres());
        settings = new PeerSettings(
                postgres.url(),
                postgres.user(),
                postgres.password(),
                stores.startRedis(),
                URI.create(simulator.baseUri().toString()),
                "app",
                "secret",
                1,
                8);
    }

    @AfterAll
    static void stopWorld() throws IOException {
        stores.close();
        vertx.close().await();
    }

    private static void addCorp(String corpId, String appKey) {
        simulator.directory().addOrganisation(corpId, "enterprise").people().addRange("user", PEOPLE.size());
        simulator.directory().addApp(App.of(corpId, appKey, "secret", 1));
    }

    private static void deliversEverybodyOnce(String kind) {
        String app = "app-" + kind;
        addCorp("corp-" + kind, app);
        PeerSettings own = settings.withApp(app);
        try (Notices notices = new Notices(own);
                Peer peer = PeerMain.start(kind, own, notices)) {
            peer.pause(true);
            double seconds = new Round(peer, notices).seconds(PEOPLE);

            assertThat(seconds).isPositive();
            assertThat(peer.recorded()).isEqualTo(PEOPLE.size());
            assertThat(calls("corp-" + kind)).hasSize(PEOPLE.size()).allMatch(call -> call.shown() == 1);
        }
    }

    /** One that repeats somebody would show nothing: the content is the same. */
    private static List<CallRow> calls(String corpId) {
        List<CallRow> calls = new ArrayList<>();
        simulator.ledger().forEach(call -> {
            if (call.api() == Api.NOTICE_SEND && call.corpId().equals(corpId)) {
                calls.add(call);
            }
        });
        return calls;
    }

    @Test
    void dbSchedulerDeliversEverybodyOnceAndKeepsTheOutcome() {
        deliversEverybodyOnce("db-scheduler");
    }

    @Test
    void dbSchedulerDeliversEverybodyOnceAndForgets() {
        deliversEverybodyOnce("db-scheduler-unrecorded");
    }

    /** In some locales Java would write other digits, which no platform knows anybody by. */
    @Test
    void everyLocaleHasTheSamePeople() throws IOException, InterruptedException {
        addCorp("corp-locale", "app-locale");
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Duser.language=ar",
                        "-Duser.country=EG",
                        "-Dlogback.configurationFile=logback-peers.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PeerMain.class.getName(),
                        "db-scheduler-unrecorded")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "PEER_JDBC_URL", settings.jdbcUrl(),
                        "PEER_USER", settings.user(),
                        "PEER_PASSWORD", settings.password(),
                        "PEER_REDIS_URI", settings.redisUri(),
                        "PEER_PLATFORM", settings.platform().toString(),
                        "PEER_APP_KEY", "app-locale",
                        "PEER_APP_SECRET", "secret",
                        "PEER_AGENT_ID", "1",
                        "PEER_THREADS", "8"));
        Process peer = builder.start();
        try (BufferedWriter orders = peer.outputWriter();
                BufferedReader answers = peer.inputReader()) {
            assertThat(answers.readLine()).isEqualTo("ready");
            orders.write("round 20\n");
            orders.flush();
            assertThat(answers.readLine()).matches("done [0-9]+\\.[0-9]{6}");
        } finally {
            peer.destroy();
        }
        assertThat(calls("corp-locale")).hasSize(20).allMatch(call -> call.shown() == 1);
    }

    @Test
    void jobRunrDeliversEverybodyOnce() {
        deliversEverybodyOnce("jobrunr");
    }
}
