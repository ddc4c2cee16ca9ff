package dev.sluice.engine.campaign;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.nio.charset.StandardCharsets;

/**
 * Remembers who stands in a campaign, in 12 MB however many they are: it may take a stranger for an acquaintance (one in a hundred at ten million), never the
 * other way round, so its suspicions are checked in the database. One thread.
 */
@SuppressWarnings("UnstableApiUsage")
final class SeenPeople {
    private static final double STRANGERS_SUSPECTED = 0.01;

    private final BloomFilter<CharSequence> filter = BloomFilter.create(
            Funnels.stringFunnel(StandardCharsets.UTF_8), PeopleUpload.MOST_ROWS, STRANGERS_SUSPECTED);

    /** Remembers somebody; false when they may have been here before. */
    boolean add(String recipient) {
        return filter.put(recipient);
    }
}
