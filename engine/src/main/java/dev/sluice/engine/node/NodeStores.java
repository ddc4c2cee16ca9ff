package dev.sluice.engine.node;

import dev.sluice.engine.config.ConfigInvalid;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.embedded.EmbeddedStores;
import dev.sluice.engine.store.FirstAnswer;
import dev.sluice.engine.store.FirstConnection;
import dev.sluice.engine.store.JdbcAddress;
import dev.sluice.engine.store.Migrations;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Postgres and the Redis of a node: those configured, or embedded ones that run as long as this is open. Blocks. */
public final class NodeStores implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeStores.class);

    private final Optional<EmbeddedStores> embedded;
    private PgConnectOptions postgres;
    private String redisUri;

    private NodeStores(Optional<EmbeddedStores> embedded) {
        this.embedded = embedded;
    }

    /**
     * Finds or starts both. Throws {@link StartFailure} with what to do, and {@link ConfigInvalid} where nodes that share Postgres would each have a Redis of their
     * own: each would hold the limits by itself, and all together would pass them.
     */
    public static NodeStores open(EngineConfig config) {
        if (config.postgres().server().isPresent() && config.redis().uri().isEmpty()) {
            throw new ConfigInvalid(
                    List.of(
                            "redis.uri must be set when postgres.uri is: nodes that share Postgres hold the limits together, in one Redis; set it to the same on all of them"));
        }
        return open(config, true);
    }

    /** Finds or starts Postgres only, as migrations need no Redis. */
    public static NodeStores openPostgres(EngineConfig config) {
        return open(config, false);
    }

    private static NodeStores open(EngineConfig config, boolean withRedis) {
        boolean needsEmbedded = config.postgres().server().isEmpty()
                || (withRedis && config.redis().uri().isEmpty());
        try {
            NodeStores stores = new NodeStores(
                    needsEmbedded ? Optional.of(EmbeddedStores.in(config.dataDirectory())) : Optional.empty());
            stores.start(config, withRedis);
            return stores;
        } catch (IOException e) {
            throw new StartFailure("the embedded stores did not start: " + e.getMessage(), e);
        }
    }

    private void start(EngineConfig config, boolean withRedis) throws IOException {
        try {
            postgres = config.postgres().server().isPresent()
                    ? reached(config.postgres().server().get())
                    : embedded.orElseThrow().startPostgres();
            if (withRedis) {
                redisUri = config.redis().uri().isPresent()
                        ? config.redis().uri().get()
                        : embedded.orElseThrow().startRedis();
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static PgConnectOptions reached(PgConnectOptions server) {
        try {
            new FirstConnection(server, log::info).await(FirstAnswer.PATIENCE);
            return server;
        } catch (IllegalStateException e) {
            throw new StartFailure(e.getMessage(), e);
        }
    }

    /** Brings the schema up to date. */
    public int migrate() {
        try {
            int applied = Migrations.run(JdbcAddress.of(postgres));
            log.info("Postgres at {}:{}: {} migrations applied", postgres.getHost(), postgres.getPort(), applied);
            return applied;
        } catch (IllegalStateException e) {
            throw new StartFailure(e.getMessage(), e);
        }
    }

    /**
     * Brings the schema up to date where the configuration says so, else refuses one that is older than this build. One that is newer is served, with a warning:
     * while nodes are replaced one by one, those of the build before must be able to start again.
     */
    public void prepareSchema(EngineConfig.Postgres configured) {
        if (configured.migrate()) {
            migrate();
        } else {
            requireCurrentSchema();
        }
        int unknown = asked(Migrations::unknown);
        if (unknown > 0) {
            log.warn(
                    "A newer build has migrated the database: this one does not know {} of its migrations, and may refuse or misread what newer nodes write. Start the newer build.",
                    unknown);
        }
    }

    private void requireCurrentSchema() {
        int pending = asked(Migrations::pending);
        if (pending > 0) {
            throw new StartFailure(
                    "the database lacks %d migrations: run ./sluice migrate, or set postgres.migrate: true"
                            .formatted(pending));
        }
    }

    private int asked(ToIntFunction<JdbcAddress> question) {
        try {
            return question.applyAsInt(JdbcAddress.of(postgres));
        } catch (IllegalStateException e) {
            throw new StartFailure(e.getMessage(), e);
        }
    }

    /** Where Postgres is, with its password. */
    public PgConnectOptions postgres() {
        return postgres;
    }

    String redisUri() {
        return redisUri;
    }

    /** Completes with what happened when an embedded store ends by itself. */
    CompletionStage<String> lost() {
        return embedded.<CompletionStage<String>>map(EmbeddedStores::lost).orElseGet(CompletableFuture::new);
    }

    @Override
    public void close() {
        if (embedded.isEmpty()) {
            return;
        }
        try {
            embedded.get().close();
        } catch (IOException e) {
            log.warn("The embedded stores did not end in order: {}", e.getMessage());
        }
    }
}
