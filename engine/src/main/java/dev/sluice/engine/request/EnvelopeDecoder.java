package dev.sluice.engine.request;

import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.channel.ContentFault;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.http.JsonFields;
import dev.sluice.engine.http.TextRules;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.ContentHash;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Reads what messages and campaigns have in common. Pure but for the directory and the clock. */
public final class EnvelopeDecoder {
    /** The names of these fields. */
    public static final Set<String> FIELDS = Set.of("channel", "content", "priority", "notBefore", "deliverBy", "tags");

    private static final int MOST_TAGS = 16;
    private static final int MOST_TAG_CHARS = 64;
    /** A year: long enough for any plan, and no typing error of a century. */
    private static final Duration FARTHEST = Duration.ofDays(366);

    private final Directory directory;
    private final Function<ChannelKind, ChannelAdapter> adapters;
    private final EngineClock clock;

    public EnvelopeDecoder(Directory directory, Function<ChannelKind, ChannelAdapter> adapters, EngineClock clock) {
        this.directory = directory;
        this.adapters = adapters;
        this.clock = clock;
    }

    /** The adapter of a channel. */
    public ChannelAdapter adapter(ChannelEntry channel) {
        return adapters.apply(channel.kind());
    }

    /** Why so many people cannot all be sent to in time, by the channel's limits alone; empty when they can, or when the channel is gone. */
    public Optional<String> hopeless(long channelId, String content, int people, Instant notBefore, Instant deliverBy) {
        return directory
                .channel(channelId)
                .flatMap(channel -> Forecast.of(
                                adapter(channel), channel, adapter(channel).mostPeople(content), people)
                        .hopeless(clock.now(), notBefore, deliverBy));
    }

    /** What is wrong with a trimmed recipient on a channel: gives one sentence, null when nothing is. For any thread. */
    public UnaryOperator<String> recipientRule(ChannelEntry channel) {
        ChannelAdapter adapter = adapter(channel);
        return recipient -> {
            String fault = Recipients.faultOf(recipient);
            return fault != null ? fault : adapter.recipientFault(recipient).orElse(null);
        };
    }

    /** The same by the channel's id; a channel that is gone has no rule of its own. */
    public UnaryOperator<String> recipientRule(long channelId) {
        return directory.channel(channelId).map(this::recipientRule).orElse(Recipients::faultOf);
    }

    /** Reads them; null when {@code fields} now has faults, all of them. */
    public Envelope decode(JsonFields fields, long tenantId, PriorityClass usual) {
        ChannelEntry channel = channel(fields, tenantId);
        JsonObject content = fields.requiredObject("content");
        PriorityClass priority = priority(fields, usual);
        Instant notBefore = fields.instant("notBefore");
        Instant deliverBy = fields.instant("deliverBy");
        checkTimes(fields, notBefore, deliverBy);
        List<String> tags = tags(fields);
        if (channel != null && content != null) {
            for (ContentFault fault : adapter(channel).check(content)) {
                fields.fault("/content" + fault.pointer(), fault.detail());
            }
        }
        if (!fields.faults().isEmpty()) {
            return null;
        }
        String canonical = adapter(channel).canonical(content);
        return new Envelope(channel, priority, notBefore, deliverBy, canonical, ContentHash.of(canonical), tags);
    }

    private ChannelEntry channel(JsonFields fields, long tenantId) {
        String name = fields.requiredText("channel", 63);
        if (name == null) {
            return null;
        }
        ChannelEntry channel = directory.channel(tenantId, name).orElse(null);
        if (channel == null) {
            fields.fault("/channel", "There is no channel of this name.");
        } else if (!channel.tenantActive()) {
            fields.fault("/channel", "This tenant is paused; ask the operator.");
        }
        return channel;
    }

    private static PriorityClass priority(JsonFields fields, PriorityClass usual) {
        String name = fields.text("priority", 20);
        if (name == null) {
            return usual;
        }
        for (PriorityClass priority : PriorityClass.values()) {
            if (priority.name().toLowerCase(Locale.ROOT).equals(name)) {
                return priority;
            }
        }
        fields.fault("/priority", "Must be critical, transactional or bulk.");
        return usual;
    }

    private void checkTimes(JsonFields fields, Instant notBefore, Instant deliverBy) {
        if (notBefore == null && deliverBy == null) {
            return;
        }
        Instant now = clock.now();
        if (notBefore != null && notBefore.isAfter(now.plus(FARTHEST))) {
            fields.fault("/notBefore", "Is more than a year away.");
        }
        if (deliverBy == null) {
            return;
        }
        if (!deliverBy.isAfter(now)) {
            fields.fault("/deliverBy", "Is over; it is " + now + " now.");
        } else if (deliverBy.isAfter(now.plus(FARTHEST))) {
            fields.fault("/deliverBy", "Is more than a year away.");
        }
        if (notBefore != null && !deliverBy.isAfter(notBefore)) {
            fields.fault("/deliverBy", "Must be after notBefore.");
        }
    }

    private static List<String> tags(JsonFields fields) {
        JsonArray tags = fields.array("tags");
        if (tags == null) {
            return List.of();
        }
        if (tags.size() > MOST_TAGS) {
            fields.fault("/tags", "May have " + MOST_TAGS + " entries.");
            return List.of();
        }
        List<String> read = new ArrayList<>(tags.size());
        for (int i = 0; i < tags.size(); i++) {
            if (tags.getValue(i) instanceof String tag
                    && !tag.isBlank()
                    && tag.length() <= MOST_TAG_CHARS
                    && TextRules.printable(tag)) {
                read.add(tag);
            } else {
                fields.fault("/tags/" + i, "Must be a text of 1 to " + MOST_TAG_CHARS + " printable characters.");
            }
        }
        return read;
    }
}
