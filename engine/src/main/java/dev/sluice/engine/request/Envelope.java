package dev.sluice.engine.request;

import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.PriorityClass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a message and a campaign have in common: everything but the people.
 *
 * @param channel through which channel
 * @param priority how urgent
 * @param notBefore held back until then, null for at once
 * @param deliverBy worthless after it, null for no such time
 * @param content canonical text
 * @param contentHash its hash
 * @param tags the tenant's own marks
 */
public record Envelope(
        ChannelEntry channel,
        PriorityClass priority,
        Instant notBefore,
        Instant deliverBy,
        String content,
        UUID contentHash,
        List<String> tags) {
    public Envelope {
        tags = List.copyOf(tags);
    }
}
