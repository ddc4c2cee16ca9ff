package dev.sluice.admin;

import dev.sluice.admin.key.AdminKeys;
import dev.sluice.engine.auth.ApiKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * The control plane of a node, while it runs. The engine needs none: an installation may run it on some nodes, on one, or never.
 *
 * @param port where it listens
 * @param firstKey the first admin key of this installation if this start made it: show it once, it is kept nowhere
 * @param deploymentId for undeploying it
 */
public record AdminApi(int port, Optional<ApiKey> firstKey, String deploymentId) {
    /** Starts it: makes the first admin key if there never was one, then listens. Undeploy {@link #deploymentId} to stop it. */
    public static Future<AdminApi> deploy(Vertx vertx, AdminParts parts, AdminOptions options) {
        AdminVerticle verticle = new AdminVerticle(parts, options);
        return vertx.deployVerticle(verticle)
                .compose(deploymentId -> new AdminKeys(parts.pool(), parts.random())
                        .first()
                        .map(firstKey -> new AdminApi(verticle.port(), firstKey, deploymentId)));
    }
}
