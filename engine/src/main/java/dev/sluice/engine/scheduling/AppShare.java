package dev.sluice.engine.scheduling;

import dev.sluice.engine.scheduling.lease.LeaseStore.BusyApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a round changes about the apps of an instance, decided from what Postgres said about those that have work. Nodes share them evenly: nobody claims beyond
 * its share, and whoever has more gives up the rest. Pure.
 *
 * @param lost ours until now, another's by what Postgres says
 * @param kept ours
 * @param unanswered ours by what Postgres says, and we do not know of it: a claim whose answer got lost
 * @param wanted nobody's, and within our share
 * @param excess how many of the kept ones are beyond our share
 */
record AppShare(List<Long> lost, List<Long> kept, List<Long> unanswered, List<Long> wanted, int excess) {

    /**
     * Decides.
     *
     * @param busy apps with work that fall to this instance
     * @param nodes how many share them: those that schedule
     * @param having those that are ours now
     * @param steady those of them that were ours already when Postgres was asked: of what came since, its answer says nothing
     */
    static AppShare of(List<BusyApp> busy, int nodes, Set<Long> having, Set<Long> steady) {
        AppShare share = new AppShare(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0);
        for (BusyApp app : busy) {
            if (having.contains(app.appId())) {
                boolean taken = !app.ours() && steady.contains(app.appId());
                (taken ? share.lost : share.kept).add(app.appId());
            } else if (app.ours()) {
                share.unanswered.add(app.appId());
            } else if (!app.owned()) {
                share.wanted.add(app.appId());
            }
        }
        return share.within(Math.ceilDiv(busy.size(), Math.max(1, nodes)));
    }

    private AppShare within(int fairShare) {
        int room = Math.clamp((long) fairShare - kept.size(), 0, wanted.size());
        return new AppShare(
                List.copyOf(lost),
                List.copyOf(kept),
                List.copyOf(unanswered),
                List.copyOf(wanted.subList(0, room)),
                Math.max(0, kept.size() - fairShare));
    }
}
