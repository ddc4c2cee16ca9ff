package dev.sluice.engine.campaign;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers who stands in a campaign: few by name, more in 12 MB however many they are. Then it may take a stranger for an acquaintance (one in a hundred at ten
 * million), never the other way round, so its suspicions are checked in the database. Until it knows all who stand there, it suspects everybody. Thread-safe.
 */
@SuppressWarnings("UnstableApiUsage")
final class SeenPeople {
    /** Half makes the large filter for files of some thousand rows, which everybody may send by the hundred; double keeps megabytes of names beside it. */
    private static final int MOST_BY_NAME = 20_000;

    private static final double STRANGERS_SUSPECTED = 0.01;

    /** Those who came first; nobody once there is a filter. */
    private Set<String> byName = new HashSet<>();
    /** Null while all are known by name. */
    private volatile BloomFilter<CharSequence> filter;

    private volatile boolean knowsAll;

    /** Remembers somebody; false when they may have been here before. */
    boolean add(String recipient) {
        // Asked first: whoever is told meanwhile might still be missing.
        boolean sure = knowsAll;
        BloomFilter<CharSequence> many = filter;
        return (many == null ? addByName(recipient) : many.put(recipient)) && sure;
    }

    /** All who stood in the campaign before are added. */
    void toldAll() {
        knowsAll = true;
    }

    private synchronized boolean addByName(String recipient) {
        if (filter != null) {
            return filter.put(recipient);
        }
        boolean isNew = byName.add(recipient);
        if (byName.size() > MOST_BY_NAME) {
            BloomFilter<CharSequence> all = BloomFilter.create(
                    Funnels.stringFunnel(StandardCharsets.UTF_8), PeopleUpload.MOST_ROWS, STRANGERS_SUSPECTED);
            byName.forEach(all::put);
            byName = Set.of();
            filter = all;
        }
        return isNew;
    }
}
