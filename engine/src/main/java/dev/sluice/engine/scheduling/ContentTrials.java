package dev.sluice.engine.scheduling;

import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.scheduling.queue.LaneQueue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Tells a content that nobody can get from people who cannot get anything: it failed for many who travelled alone and for nobody it passed, while the lane's
 * other calls were answered. Otherwise a campaign whose content the platform refuses with a code that no table knows would try every person as often as the
 * policy allows, and pay for it. Confined to the lane's event loop.
 */
final class ContentTrials {
    /** People who failed alone before the content is given up. Half would give up a file that begins with so many who left; double costs that many calls more. */
    static final int MOST_ALONE = 20;
    /** Contents remembered, those of the latest calls: as many as a lane has submissions in memory. */
    static final int MOST_CONTENTS = LaneQueue.MOST_SUBMISSIONS;

    private static final class Trial {
        final Set<DeliveryKey> failedAlone = new HashSet<>();
        boolean passed;
    }

    private Map<UUID, Trial> trials = nothing();

    private static Map<UUID, Trial> nothing() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Trial> eldest) {
                return size() > MOST_CONTENTS;
            }
        };
    }

    /** The platform took it for somebody. */
    void passed(UUID content) {
        Trial trial = of(content);
        trial.passed = true;
        trial.failedAlone.clear();
    }

    /** It failed for one who travelled alone; true when it is given up. Whoever sends it again later begins anew. */
    boolean givenUp(UUID content, DeliveryKey alone) {
        Trial trial = of(content);
        if (!trial.passed) {
            trial.failedAlone.add(alone);
        }
        boolean givenUp = trial.failedAlone.size() >= MOST_ALONE;
        if (givenUp) {
            trials.remove(content);
        }
        return givenUp;
    }

    /** The lane has nothing more to send: thousands of lanes that send a message now and then would each remember a thousand of them for as long as the node lives. */
    void forget() {
        if (!trials.isEmpty()) {
            trials = nothing();
        }
    }

    private Trial of(UUID content) {
        return trials.computeIfAbsent(content, unknown -> new Trial());
    }
}
