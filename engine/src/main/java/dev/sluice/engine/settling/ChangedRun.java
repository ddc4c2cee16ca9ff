package dev.sluice.engine.settling;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring deliveries of a submission that change alike.
 *
 * @param appId whose lease fences it
 * @param first the change of the first of them
 * @param lastOrdinal the last of them
 */
record ChangedRun(long appId, DeliveryChange first, int lastOrdinal) {

    /** A settlement's changes, in their order, in as few runs as that order gives. */
    static List<ChangedRun> of(Settlement settlement) {
        List<ChangedRun> runs = new ArrayList<>();
        DeliveryChange first = null;
        DeliveryChange last = null;
        for (DeliveryChange change : settlement.changes()) {
            if (first != null && change.follows(last)) {
                last = change;
                continue;
            }
            if (first != null) {
                runs.add(new ChangedRun(settlement.appId(), first, last.key().ordinal()));
            }
            first = change;
            last = change;
        }
        if (first != null) {
            runs.add(new ChangedRun(settlement.appId(), first, last.key().ordinal()));
        }
        return runs;
    }
}
