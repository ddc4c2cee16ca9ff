package dev.sluice.engine.config;

import dev.sluice.engine.config.EngineConfig.Limits.PeopleScope;
import dev.sluice.engine.redis.RedisCommands;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Section by section: keys, defaults, bounds; then what must hold between them. */
final class EngineConfigParts {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long MINUTE_MILLIS = 60_000;
    private static final int LEAST_MONTHS_KEPT = 2;

    private EngineConfigParts() {}

    static EngineConfig read(ConfigReader reader) {
        Path dataDirectory = Path.of(reader.text("dataDirectory", "sluice-data"));
        EngineConfig.Postgres postgres = postgres(reader);
        EngineConfig config = new EngineConfig(
                node(reader),
                http(reader),
                listener(reader, "metrics", 9090),
                new EngineConfig.Admin(reader.flag("admin.enabled", true), listener(reader, "admin", 8081)),
                dataDirectory,
                postgres,
                redis(reader),
                platforms(reader),
                sending(reader),
                leases(reader),
                ingestion(reader),
                retention(reader),
                security(reader, dataDirectory, postgres.server().isEmpty()),
                limits(reader));
        EngineConfigRelations.check(config, reader);
        reader.finish();
        return config;
    }

    private static EngineConfig.Node node(ConfigReader reader) {
        String egressId = reader.text("node.egressId", "default");
        reader.require(
                egressId.matches("[A-Za-z0-9._:-]{1,64}"), "node.egressId must be 1 to 64 letters, digits or . _ : -");
        return new EngineConfig.Node(
                reader.optionalText("node.name").orElseGet(EngineConfigParts::hostName),
                reader.choices("node.roles", List.of(NodeRole.values()), NodeRole.class),
                egressId,
                reader.number("node.stopMillis", 10_000, 0, 10 * MINUTE_MILLIS));
    }

    private static EngineConfig.Listener listener(ConfigReader reader, String section, int port) {
        return new EngineConfig.Listener(
                reader.text(section + ".host", LOOPBACK), reader.port(section + ".port", port));
    }

    private static EngineConfig.Http http(ConfigReader reader) {
        return new EngineConfig.Http(
                listener(reader, "http", 8080),
                reader.count("http.bodyBytes", 256 * 1024, 1_024, 64 << 20),
                reader.count("http.idleMillis", 15_000, 1_000, 600_000),
                reader.number("http.requestMillis", 20_000, 1_000, 10 * MINUTE_MILLIS),
                reader.count("http.connections", 10_000, 1, 1_000_000),
                reader.count("http.connectionsPerAddress", 2_000, 1, 1_000_000),
                reader.count("http.requestsPerTenant", 8, 1, 1_000));
    }

    private static EngineConfig.Postgres postgres(ConfigReader reader) {
        Optional<PgConnectOptions> server = postgresServer(reader);
        return new EngineConfig.Postgres(
                server,
                reader.count("postgres.poolSize", 16, 2, 1_000),
                reader.count("postgres.poolWaiting", 1_000, 1, 100_000),
                reader.number("postgres.connectTimeoutMillis", 2_000, 100, MINUTE_MILLIS),
                reader.number("postgres.statementTimeoutMillis", 10_000, 100, 10 * MINUTE_MILLIS),
                reader.number("postgres.answerTimeoutMillis", 12_000, 100, 10 * MINUTE_MILLIS),
                reader.flag("postgres.migrate", server.isEmpty()));
    }

    private static Optional<PgConnectOptions> postgresServer(ConfigReader reader) {
        boolean allowUnencrypted = reader.flag("postgres.allowUnencrypted", false);
        Optional<String> uri = reader.optionalText("postgres.uri");
        if (uri.isEmpty()) {
            return Optional.empty();
        }
        try {
            PgConnectOptions server = PgConnectOptions.fromUri(uri.get());
            boolean encrypted = Set.of(SslMode.REQUIRE, SslMode.VERIFY_CA, SslMode.VERIFY_FULL)
                    .contains(server.getSslMode());
            reader.require(
                    encrypted || allowUnencrypted || Loopback.is(server.getHost()),
                    "postgres.uri leads to another machine without encryption: add ?sslmode=verify-full, or set postgres.allowUnencrypted: true in a private network");
            return Optional.of(server);
        } catch (IllegalArgumentException e) {
            reader.fault(
                    "postgres.uri",
                    "must look like postgresql://user:password@host:5432/database, what is no letter or digit of the password as %40");
            return Optional.of(new PgConnectOptions());
        }
    }

    private static EngineConfig.Redis redis(ConfigReader reader) {
        Optional<String> uri = reader.optionalText("redis.uri");
        reader.require(
                uri.isEmpty() || isRedisAddress(uri.get()),
                "redis.uri must look like redis://:password@host:6379 or rediss://..., what is no letter or digit of the password as %40");
        String keyPrefix = reader.text("redis.keyPrefix", "sluice:");
        reader.require(
                keyPrefix.matches("[A-Za-z0-9:._-]{0,64}"),
                "redis.keyPrefix must be at most 64 letters, digits or : . _ -");
        return new EngineConfig.Redis(
                uri,
                reader.count("redis.connectTimeoutMillis", 1_000, 10, 60_000),
                reader.number("redis.commandTimeoutMillis", RedisCommands.STANDARD_TIMEOUT_MILLIS, 10, MINUTE_MILLIS),
                keyPrefix);
    }

    private static boolean isRedisAddress(String uri) {
        try {
            return uri.matches("rediss?://[^\\s/]+(/\\d*)?") && new URI(uri).getHost() != null;
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    private static EngineConfig.Platforms platforms(ConfigReader reader) {
        boolean allowPlaintext = reader.flag("platforms.allowPlaintext", false);
        return new EngineConfig.Platforms(
                baseUrl(reader, "platforms.dingtalk.oapiBaseUrl", "https://oapi.dingtalk.com", allowPlaintext),
                baseUrl(reader, "platforms.dingtalk.apiBaseUrl", "https://api.dingtalk.com", allowPlaintext),
                reader.count("platforms.dingtalk.robotPeoplePerCall", 20, 1, 100),
                reader.count("platforms.dingtalk.robotParamBytes", 15_000, 1, 1_000_000),
                reader.number("platforms.dingtalk.receiptAfterMillis", 10_000, 0, 60 * MINUTE_MILLIS),
                reader.number("platforms.dingtalk.msgUuidMillis", 30 * MINUTE_MILLIS, 0, 24 * 60 * MINUTE_MILLIS));
    }

    private static String baseUrl(ConfigReader reader, String path, String fallback, boolean allowPlaintext) {
        String url = reader.text(path, fallback);
        if (!url.matches("https?://[^/?#@\\s]+")) {
            reader.fault(path, "must be a scheme and a host only, such as " + fallback);
        } else if (url.startsWith("http:") && !allowPlaintext && !Loopback.is(hostOf(url))) {
            reader.fault(
                    path, "must be https: credentials travel there; platforms.allowPlaintext: true for a test network");
        }
        return url;
    }

    private static String hostOf(String url) {
        return url.replaceFirst("^https?://", "").replaceFirst(":\\d+$", "");
    }

    private static EngineConfig.Sending sending(ConfigReader reader) {
        return new EngineConfig.Sending(
                reader.number("sending.connectTimeoutMillis", 2_000, 10, MINUTE_MILLIS),
                reader.number("sending.callDeadlineMillis", 5_000, 100, MINUTE_MILLIS),
                reader.number("sending.latenessMillis", 5_000, 0, MINUTE_MILLIS),
                reader.number("sending.grantAgeMillis", 200, 1, MINUTE_MILLIS),
                reader.count("sending.callsInFlight", 512, 1, 100_000),
                reader.count("sending.callsInFlightPerLane", 128, 1, 10_000),
                reader.count("sending.connectionsPerHost", 512, 1, 10_000),
                reader.count("sending.attempts", 8, 1, 100),
                reader.number("sending.retryBaseMillis", 500, 1, 10 * MINUTE_MILLIS),
                reader.number("sending.retryCapMillis", MINUTE_MILLIS, 1, 24 * 60 * MINUTE_MILLIS));
    }

    private static EngineConfig.Leases leases(ConfigReader reader) {
        return new EngineConfig.Leases(
                reader.number("leases.nodeLeaseMillis", 12_000, 100, 10 * MINUTE_MILLIS),
                reader.number("leases.renewMillis", 2_000, 10, 10 * MINUTE_MILLIS));
    }

    private static EngineConfig.Ingestion ingestion(ConfigReader reader) {
        return new EngineConfig.Ingestion(
                reader.count("ingestion.rowsPerCommit", 10_000, 1_000, 100_000),
                reader.count("ingestion.rowsQueued", 100_000, 1_000, 10_000_000),
                reader.count("ingestion.tenantPercent", 60, 1, 100),
                reader.number("ingestion.recordMillis", 5_000, 100, MINUTE_MILLIS),
                reader.count("ingestion.uploads", 16, 1, 1_000),
                reader.number("ingestion.uploadStallMillis", 30_000, 1_000, 60 * MINUTE_MILLIS));
    }

    private static EngineConfig.Retention retention(ConfigReader reader) {
        int months = reader.count("retention.months", 0, 0, 1_200);
        reader.require(
                months == 0 || months >= LEAST_MONTHS_KEPT,
                "retention.months must be 0 (keep all) or at least " + LEAST_MONTHS_KEPT
                        + ": limits and open campaigns look back so far");
        return new EngineConfig.Retention(months);
    }

    private static EngineConfig.Security security(ConfigReader reader, Path dataDirectory, boolean embedded) {
        Optional<String> file = reader.optionalText("security.masterKeyFile");
        reader.require(
                embedded || file.isPresent(),
                "security.masterKeyFile must be set when postgres.uri is: every node needs the same key; make one with: (umask 077; echo 1:$(openssl rand -base64 32) > master.key)");
        return new EngineConfig.Security(file.map(Path::of).orElse(dataDirectory.resolve("master.key")), embedded);
    }

    private static EngineConfig.Limits limits(ConfigReader reader) {
        return new EngineConfig.Limits(
                reader.choice("limits.peoplePerMinuteScope", PeopleScope.ORGANISATION),
                reader.flag("limits.meteredOnError", true));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "sluice";
        }
    }
}
