package dev.sluice.engine.scheduling;

import dev.sluice.engine.scheduling.lease.LeaseStore;
import dev.sluice.engine.scheduling.lease.LeaseStore.BusyApp;
import dev.sluice.engine.scheduling.lease.LeaseStore.Claim;
import dev.sluice.engine.scheduling.lease.NodeLease;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes an instance's share of the apps that have work, and gives up what is beyond it or lost; {@link AppShare} decides. Confined to one event loop. */
final class AppOwnership {
    private static final Logger log = LoggerFactory.getLogger(AppOwnership.class);

    private final SchedulerPart part;
    private final NodeLease lease;
    private final LeaseStore leases;
    private final OwnedApps apps;
    private final AppDoubts doubts;
    private final LaneLooks looks;
    private final EngineClock clock;
    private final SharePace pace = new SharePace();
    /** Claims without an answer. */
    private int claims;
    /** Apps that were claimed since the last round because somebody woke them: one of another node is not claimed with each of its messages, which all nodes hear of. */
    private final Set<Long> claimedWoken = new HashSet<>();

    AppOwnership(
            SchedulerPart part,
            NodeLease lease,
            LeaseStore leases,
            OwnedApps apps,
            AppDoubts doubts,
            LaneLooks looks,
            EngineClock clock) {
        this.part = part;
        this.lease = lease;
        this.leases = leases;
        this.apps = apps;
        this.doubts = doubts;
        this.looks = looks;
        this.clock = clock;
    }

    /** Asks who has work, unless it was asked a moment ago, and takes this node's share. */
    Future<Void> share() {
        long askedAtMillis = clock.monotonicMillis();
        if (!pace.due(askedAtMillis)) {
            return Future.succeededFuture();
        }
        List<OwnedApp> before = apps.all();
        boolean claiming = claims > 0;
        return leases.appsWithWork(lease.incarnation()).compose(everywhere -> {
            pace.answered(askedAtMillis, clock.monotonicMillis() - askedAtMillis);
            claimedWoken.clear();
            return own(everywhere, steady(before), claiming);
        });
    }

    /** Somebody says that these apps have work: those that fall to us and may be nobody's are claimed at once. */
    void claimWoken(Collection<Long> appIds) {
        List<Long> unowned = appIds.stream()
                .filter(appId -> part.has(appId) && apps.get(appId) == null)
                .filter(appId -> claimedWoken.add(appId))
                .toList();
        claim(unowned).onFailure(cause -> log.warn("Claiming apps failed: {}", cause.getMessage()));
    }

    /** Of these, what is still ours under the same claim. */
    private Set<Long> steady(List<OwnedApp> before) {
        return before.stream()
                .filter(app -> apps.get(app.claim.appId()) == app)
                .map(app -> app.claim.appId())
                .collect(Collectors.toSet());
    }

    /**
     * @param steady what was ours when the question was asked, and is now
     * @param claiming whether a claim was under way then
     */
    private Future<Void> own(List<BusyApp> everywhere, Set<Long> steady, boolean claiming) {
        List<BusyApp> busy =
                everywhere.stream().filter(app -> part.has(app.appId())).toList();
        int nodes = everywhere.isEmpty() ? 1 : everywhere.get(0).nodes();
        AppShare share = AppShare.of(busy, nodes, apps.ids(), steady);
        share.lost().forEach(appId -> drop(apps.get(appId)));
        share.kept().forEach(appId -> lookAfter(apps.get(appId)));
        release(share.excess());
        // Given back, so that the next round claims them properly; an answer that is still under way is waited for.
        List<Long> orphans = claiming || claims > 0 ? List.of() : share.unanswered();
        return giveBack(orphans).compose(done -> claim(share.wanted()));
    }

    private void drop(OwnedApp app) {
        log.warn("App {} belongs to another node now", app.claim.appId());
        apps.forget(app);
    }

    private void lookAfter(OwnedApp app) {
        doubts.readWhereNeeded(app);
        looks.lookWhereNeeded(app);
    }

    /** So many leave; what leaves already is among them. */
    private void release(int excess) {
        long leaving = apps.all().stream().filter(app -> app.draining).count();
        for (OwnedApp app : apps.all()) {
            if (leaving < excess && !app.draining) {
                app.draining = true;
                app.closeLanes();
                leaving++;
            }
            if (app.draining && app.idle()) {
                apps.forget(app);
                leases.release(app.claim, lease.incarnation());
            }
        }
    }

    private Future<Void> giveBack(List<Long> orphans) {
        return Future.join(orphans.stream()
                        .map(appId -> leases.giveBack(appId, lease.incarnation()))
                        .toList())
                .otherwiseEmpty()
                .mapEmpty();
    }

    private Future<Void> claim(Collection<Long> appIds) {
        if (appIds.isEmpty() || apps.closed() || !lease.holdsFor(0)) {
            return Future.succeededFuture();
        }
        claims++;
        return leases.claim(appIds, lease.incarnation())
                .onComplete(done -> claims--)
                .map(claimed -> {
                    take(claimed);
                    return null;
                });
    }

    private void take(List<Claim> claimed) {
        if (!claimed.isEmpty()) {
            log.info("Owning {} more apps", claimed.size());
        }
        for (Claim claim : claimed) {
            log.debug("Owning app {} (epoch {})", claim.appId(), claim.epoch());
            apps.take(claim);
            doubts.read(claim.appId());
        }
    }
}
