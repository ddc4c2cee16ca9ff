package dev.sluice.admin;

import dev.sluice.admin.app.AppRoutes;
import dev.sluice.admin.audit.AuditRoutes;
import dev.sluice.admin.budget.BudgetRoutes;
import dev.sluice.admin.channel.ChannelRoutes;
import dev.sluice.admin.doubt.DoubtRoutes;
import dev.sluice.admin.http.Changes;
import dev.sluice.admin.http.Route;
import dev.sluice.admin.key.KeyRoutes;
import dev.sluice.admin.lane.LaneRoutes;
import dev.sluice.admin.node.NodeRoutes;
import dev.sluice.admin.organisation.OrganisationRoutes;
import dev.sluice.admin.profile.ProfileRoutes;
import dev.sluice.admin.tenant.TenantRoutes;
import dev.sluice.engine.secret.AppSecrets;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.stream.Stream;

/** All operations, resource by resource. */
final class AdminRoutes {
    private AdminRoutes() {}

    static List<Route> all(AdminParts parts) {
        Pool pool = parts.pool();
        Changes changes = new Changes(pool);
        AppSecrets sealer = new AppSecrets(parts.secretBox());
        return Stream.of(
                        new TenantRoutes(pool, changes).routes(),
                        new OrganisationRoutes(pool, changes, parts.clock()).routes(),
                        new AppRoutes(pool, changes, sealer).routes(),
                        new ChannelRoutes(pool, changes, sealer).routes(),
                        new ProfileRoutes(pool, changes, parts.clock()).routes(),
                        new BudgetRoutes(pool, changes, parts.wakeUps(), parts.clock()).routes(),
                        new KeyRoutes(pool, changes, parts.random(), parts.clock()).routes(),
                        new LaneRoutes(pool, parts.board()).routes(),
                        new DoubtRoutes(pool, changes, parts.wakeUps()).routes(),
                        new NodeRoutes(pool).routes(),
                        new AuditRoutes(pool).routes())
                .flatMap(List::stream)
                .toList();
    }
}
