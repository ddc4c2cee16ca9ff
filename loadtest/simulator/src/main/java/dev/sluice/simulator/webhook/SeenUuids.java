package dev.sluice.simulator.webhook;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code msgUuid}s of one robot during their life; at most 10,000, the oldest goes first. Not thread-safe. */
final class SeenUuids {
    private static final int UUIDS_KEPT = 10_000;

    private final Map<String, Long> seenAtMillis = new LinkedHashMap<>();

    boolean isRepeat(String uuid, long nowMillis, long lifeMillis) {
        Long seen = uuid == null ? null : seenAtMillis.get(uuid);
        return seen != null && nowMillis - seen < lifeMillis;
    }

    void remember(String uuid, long nowMillis) {
        if (uuid == null) {
            return;
        }
        seenAtMillis.remove(uuid);
        if (seenAtMillis.size() >= UUIDS_KEPT) {
            seenAtMillis.remove(seenAtMillis.keySet().iterator().next());
        }
        seenAtMillis.put(uuid, nowMillis);
    }
}
