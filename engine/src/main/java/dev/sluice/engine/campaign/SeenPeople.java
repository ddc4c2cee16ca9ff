package dev.sluice.engine.campaign;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.nio.charset.StandardCharsets;

/**
 * Remembers who stands in a campaign, in 12 MB however many they are: it may take a stranger for an acquaintance (one in a hundred at ten million), never the
 * other way round, so its suspicions are checked in the database. Until it knows all who stand there, it suspects everybody. Thread-safe.
 */
@SuppressWarnings("UnstableApiUsage")
final class SeenPeople {
    private static final double STRANGERS_SUSPECTED = 0.01;

    private final BloomFilter<CharSequence> filter = BloomFilter.create(
            Funnels.stringFunnel(StandardCharsets.UTF_8), PeopleUpload.MOST_ROWS, STRANGERS_SUSPECTED);

    private volatile boolean knowsAll;

    /** Remembers somebody; false when they may have been here before. */
    boolean add(String recipient) {
        // Asked first: whoever is told meanwhile might still be missing.
        boolean sure = knowsAll;
        return filter.put(recipient) && sure;
    }

    /** All who stood in the campaign before are added. */
    void toldAll() {
        knowsAll = true;
    }
}
