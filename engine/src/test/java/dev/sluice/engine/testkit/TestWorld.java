package dev.sluice.engine.testkit;

import dev.sluice.engine.model.ContentHash;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.recovery.CrashPoints;
import dev.sluice.engine.secret.AppSecrets;
import dev.sluice.engine.secret.MasterKeys;
import dev.sluice.engine.secret.SecretBox;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.SimulatorOptions;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Organisation;
import dev.sluice.simulator.directory.WebhookRobot;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A platform simulator, a database and a Redis with one tenant in them, and any number of nodes on top: the whole engine as a scenario sees it. Blocking; for
 * JUnit's thread.
 */
public final class TestWorld implements AutoCloseable {
    private static final String CORP = "ding0corp";

    private final Vertx vertx = Vertx.vertx();
    private final TestDatabase database;
    private final TestRedis redis;
    private final Simulator simulator;
    private final SecretBox secrets;
    private final IdSequence ids = new IdSequence(System::currentTimeMillis, 200);
    private final List<TestNode> nodes = new ArrayList<>();
    private final long tenantId;
    private final long organisationId;

    private TestWorld(TestDatabase database, TestRedis redis, Simulator simulator, String profile) {
        this.database = database;
        this.redis = redis;
        this.simulator = simulator;
        this.secrets = new SecretBox(MasterKeys.parse(masterKey()), new SecureRandom());
        this.tenantId = insert("INSERT INTO tenant (name) VALUES ('acme') RETURNING id");
        this.organisationId = insert("INSERT INTO organisation (tenant_id, platform, corp_id, name) VALUES (" + tenantId
                + ", 'dingtalk', '" + CORP + "', 'Acme') RETURNING id");
        database.execute(
                "INSERT INTO organisation_profile VALUES (" + organisationId + ", '2025-01-01', '" + profile + "')");
        simulator.directory().addOrganisation(CORP, tierOf(profile));
    }

    /** A world whose organisation has a limit profile, which the simulator enforces too. */
    public static TestWorld start(TestDatabase database, TestRedis redis, String profile) {
        PlatformMidnight.avoid();
        Vertx simulatorVertx = Vertx.vertx();
        Simulator simulator = TestWaiting.await(Simulator.start(simulatorVertx, SimulatorOptions.defaults()));
        return new TestWorld(database, redis, simulator, profile);
    }

    /** The key that seals this world's secrets, as it stands in a master key file. */
    public static String masterKey() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        return "1:" + Base64.getEncoder().encodeToString(key);
    }

    private static String tierOf(String profile) {
        return profile.equals("unlimited") ? "enterprise" : profile;
    }

    /** Replaces a limit of the organisation's profile, on our side only. */
    public TestWorld limit(String name, long value) {
        database.execute(
                "INSERT INTO limit_profile SELECT profile, '2025-01-02', '" + name + "', " + value
                        + ", 'test' FROM organisation_profile WHERE organisation_id = " + organisationId
                        + " ON CONFLICT (profile, limit_name, effective_from) DO UPDATE SET limit_value = excluded.limit_value");
        return this;
    }

    /** Grants this month's calls. */
    public TestWorld grant(String pool, long units) {
        database.execute("INSERT INTO budget (organisation_id, month, pool, granted) VALUES (" + organisationId
                + ", date_trunc('month', now() AT TIME ZONE 'Asia/Shanghai'), '" + pool + "', " + units + ")");
        return this;
    }

    /** People that the platform knows: {@code user000001} and on. */
    public TestWorld people(int count) {
        simulator.directory().organisation(CORP).people().addRange("user", count);
        return this;
    }

    /** A channel with an app of its own. */
    public long channel(String name, String kind) {
        return channelOn(app(name), name, kind, "");
    }

    /** A channel on an app, with further settings as SQL assignments such as {@code on_doubt = 'retry'}. */
    public long channelOn(long appId, String name, String kind, String settings) {
        long id = insert("INSERT INTO channel (tenant_id, app_id, kind, name, receipts) VALUES (" + tenantId + ", "
                + appId + ", '" + kind + "', '" + name + "', 'none') RETURNING id");
        if (!settings.isEmpty()) {
            database.execute("UPDATE channel SET " + settings + " WHERE id = " + id);
        }
        return id;
    }

    /** An app at the platform and with us. */
    public long app(String name) {
        String appKey = "key-" + name;
        simulator.directory().addApp(App.of(CORP, appKey, "secret-" + name, 4711));
        simulator.directory().addRobot(WebhookRobot.of(CORP, name, "token-" + name));
        return appRow(appKey, Map.of("appSecret", "secret-" + name, "accessToken", "token-" + name));
    }

    /** An app with us only, or with other secrets than the platform's. */
    public long appRow(String appKey, Map<String, String> plain) {
        long appId = insert(
                "INSERT INTO app (tenant_id, organisation_id, name, app_key, agent_id, robot_code, secrets_cipher) VALUES ("
                        + tenantId + ", " + organisationId + ", '" + appKey + "', '" + appKey + "', 4711, '" + appKey
                        + "', '') RETURNING id");
        byte[] sealed = new AppSecrets(secrets).seal(tenantId, appId, plain);
        try (Connection connection = database.connect();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE app SET secrets_cipher = ? WHERE id = ?")) {
            update.setBytes(1, sealed);
            update.setLong(2, appId);
            update.executeUpdate();
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
        return appId;
    }

    /** A running node. */
    public TestNode node(String name) {
        return node(name, TestNode.Settings.QUICK);
    }

    /** A running node with other settings. */
    public TestNode node(String name, TestNode.Settings settings) {
        return node(name, settings, CrashPoints.NONE);
    }

    /** A running node that says where it is in its calls. */
    public TestNode node(String name, TestNode.Settings settings, CrashPoints crashes) {
        TestNode node = TestNode.start(this, name, settings, crashes);
        nodes.add(node);
        return node;
    }

    /** A submission for these people, in bulk. */
    public long submit(long channelId, String text, List<String> recipients) {
        return submit(channelId, text, recipients, 2);
    }

    /** A submission for these people in a class (its number). Nobody is woken: nodes find it by themselves. */
    public long submit(long channelId, String text, List<String> recipients, int priority) {
        return submitContent(
                channelId, "{\"msgtype\":\"text\",\"text\":{\"content\":\"" + text + "\"}}", recipients, priority);
    }

    /** A submission of any canonical content. */
    public long submitContent(long channelId, String content, List<String> recipients, int priority) {
        long id = ids.next();
        try {
            Connection connection = database.shared();
            connection.setAutoCommit(false);
            try (PreparedStatement row = connection.prepareStatement(
                    "INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total) VALUES (?, ?, ?, ?, 1, ?, ?, ?)")) {
                row.setLong(1, tenantId);
                row.setLong(2, id);
                row.setLong(3, channelId);
                row.setShort(4, (short) priority);
                row.setString(5, content);
                row.setObject(6, ContentHash.of(content));
                row.setInt(7, recipients.size());
                row.executeUpdate();
            }
            try (PreparedStatement rows = connection.prepareStatement(
                    "INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient) "
                            + "SELECT ?, ?, n - 1, ?, recipient FROM unnest(?::text[]) WITH ORDINALITY AS u (recipient, n)")) {
                rows.setLong(1, tenantId);
                rows.setLong(2, id);
                rows.setLong(3, channelId);
                rows.setArray(4, connection.createArrayOf("text", recipients.toArray()));
                rows.executeUpdate();
            }
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
        wake(channelId);
        return id;
    }

    /** Tells all nodes that something changed in a channel. */
    public void wake(long channelId) {
        nodes.forEach(node -> node.wake(channelId));
    }

    /** {@code user000001} to the given number, counted from {@code first}. */
    public static List<String> users(int first, int count) {
        List<String> users = new ArrayList<>(count);
        for (int i = first; i < first + count; i++) {
            users.add("user%06d".formatted(i));
        }
        return users;
    }

    /** Deliveries of a submission by state, as the rows say: {@code {sent=3, failed=1}}. */
    public Map<String, Long> states(long submissionId) {
        String[] names = {"waiting", "sent", "delivered", "failed", "suppressed", "expired", "cancelled", "in_doubt"};
        Map<String, Long> states = new java.util.TreeMap<>();
        query("SELECT state, count(*) FROM delivery WHERE submission_id = " + submissionId + " GROUP BY 1", row -> {
            states.put(names[row.getInt(1)], row.getLong(2));
        });
        return states;
    }

    /** Waits until nothing of a submission waits. */
    public void awaitSettled(long submissionId, Duration within) {
        await(
                within,
                () -> number("SELECT count(*) FROM delivery WHERE state = 0 AND submission_id = " + submissionId) == 0,
                () -> "submission " + submissionId + " is " + states(submissionId));
    }

    /** Waits for a condition, with a limit. */
    public static void await(
            Duration within, BooleanSupplier condition, java.util.function.Supplier<String> otherwise) {
        TestWaiting.until(within, condition, otherwise);
    }

    /** One number from the database. */
    public long number(String sql) {
        return database.number(sql);
    }

    /** A column of numbers from the database. */
    public List<Long> numbers(String sql) {
        List<Long> numbers = new ArrayList<>();
        query(sql, row -> numbers.add(row.getLong(1)));
        return numbers;
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, RowReader reader) {
        try (Statement statement = database.shared().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private long insert(String sql) {
        return database.number(sql);
    }

    /** The counters of submissions, added up, against the rows themselves: no difference, or which. */
    public String counterDifferences() {
        StringBuilder differences = new StringBuilder();
        query("""
                SELECT s.id, s.total, s.sent, s.delivered, s.failed, s.suppressed, s.expired, s.cancelled, s.in_doubt,
                  count(*), count(*) FILTER (WHERE d.state = 1), count(*) FILTER (WHERE d.state = 2), count(*) FILTER (WHERE d.state = 3),
                  count(*) FILTER (WHERE d.state = 4), count(*) FILTER (WHERE d.state = 5), count(*) FILTER (WHERE d.state = 6),
                  count(*) FILTER (WHERE d.state = 7)
                FROM submission s JOIN delivery d ON d.tenant_id = s.tenant_id AND d.submission_id = s.id GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
                """, row -> {
            for (int i = 0; i < 8; i++) {
                if (row.getLong(2 + i) != row.getLong(10 + i)) {
                    differences
                            .append("submission ")
                            .append(row.getLong(1))
                            .append(" column ")
                            .append(i)
                            .append("; ");
                }
            }
        });
        return differences.toString();
    }

    /** The platform. */
    public Simulator simulator() {
        return simulator;
    }

    /** Where rows are. */
    public TestDatabase database() {
        return database;
    }

    /** Where slots are. */
    public TestRedis redis() {
        return redis;
    }

    Vertx vertx() {
        return vertx;
    }

    SecretBox secrets() {
        return secrets;
    }

    /** The one organisation. */
    public long organisationId() {
        return organisationId;
    }

    /** The one organisation, as the platform knows it. */
    public Organisation platformOrganisation() {
        return simulator.directory().organisation(CORP);
    }

    /** The one tenant. */
    public long tenantId() {
        return tenantId;
    }

    @Override
    public void close() {
        nodes.forEach(TestNode::stop);
        TestWaiting.await(simulator.close());
        TestWaiting.await(vertx.close());
    }
}
