package dev.sluice.loadtest.cli;

import dev.sluice.admin.AdminApi;
import dev.sluice.admin.AdminOptions;
import dev.sluice.admin.AdminParts;
import dev.sluice.engine.auth.ApiKey;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.node.EnginePart;
import dev.sluice.engine.node.ListenAddress;
import dev.sluice.engine.node.NodeParts;
import dev.sluice.engine.node.StandardParts;
import dev.sluice.engine.scheduling.status.RedisLaneStatusBoard;
import dev.sluice.engine.scheduling.wake.OwnedChannels;
import dev.sluice.engine.scheduling.wake.PgWakeUps;
import dev.sluice.engine.secret.SecretBox;
import dev.sluice.engine.store.PgPools;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A node as {@code serve} runs it: the engine's parts, and the control plane unless it is switched off. */
public final class ServeParts {
    /** The control plane's own, so that an operator is not kept waiting by what tenants ask. */
    private static final int ADMIN_CONNECTIONS = 4;
    /** As many as it has requests in work. */
    private static final int ADMIN_WAITING = 64;

    private ServeParts() {}

    /** The parts; the first admin key of an installation is printed once. */
    public static List<EnginePart> of(NodeParts node) {
        return of(node, ServeParts::print, port -> {});
    }

    /**
     * The parts.
     *
     * @param firstKey gets the first admin key of the installation, if this start made it
     * @param adminPort gets the port that the control plane listens on
     */
    public static List<EnginePart> of(NodeParts node, Consumer<ApiKey> firstKey, Consumer<Integer> adminPort) {
        List<EnginePart> parts = new ArrayList<>(StandardParts.of(node));
        if (node.config().admin().enabled()) {
            parts.add(admin(node, firstKey, adminPort));
        }
        return parts;
    }

    private static EnginePart admin(NodeParts node, Consumer<ApiKey> firstKey, Consumer<Integer> adminPort) {
        AtomicReference<String> deployment = new AtomicReference<>();
        SecureRandom random = new SecureRandom();
        Pool pool = PgPools.create(
                node.vertx(), node.postgres(), node.postgresTimeouts(), "admin", ADMIN_CONNECTIONS, ADMIN_WAITING);
        AdminParts parts = new AdminParts(
                pool,
                new SecretBox(node.masterKeys(), random),
                new RedisLaneStatusBoard(node.redis()),
                // It owns no lanes: every change goes out to all nodes.
                new PgWakeUps(node.vertx(), node.postgres(), node.postgresTimeouts(), pool, new OwnedChannels()),
                node.clock(),
                random);
        EngineConfig.Listener listener = node.config().admin().listener();
        EnginePart api = EnginePart.of(
                "admin API",
                () -> AdminApi.deploy(node.vertx(), parts, new AdminOptions(listener.host(), listener.port()))
                        .onSuccess(started -> {
                            deployment.set(started.deploymentId());
                            started.firstKey().ifPresent(firstKey);
                            adminPort.accept(started.port());
                        }),
                () -> undeployed(node, deployment.get()).eventually(pool::close));
        return ListenAddress.admin(node.config()).openedBy(api);
    }

    private static Future<Void> undeployed(NodeParts node, String deployment) {
        return deployment == null ? Future.succeededFuture() : node.vertx().undeploy(deployment);
    }

    private static void print(ApiKey key) {
        System.out.println("First admin key, shown once / 首个管理密钥，仅显示一次: " + key.reveal());
    }
}
