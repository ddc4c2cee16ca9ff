package dev.sluice.engine.ingestion;

import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.http.JsonFields;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.request.Envelope;
import dev.sluice.engine.request.EnvelopeDecoder;
import dev.sluice.engine.request.Recipients;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the body of {@code POST /v1/messages}; every fault is found before any is told. */
final class SendDecoder {
    /** More people than this are a campaign. */
    static final int MOST_RECIPIENTS = 1_000;

    private static final Set<String> FIELDS = Stream.concat(
                    EnvelopeDecoder.FIELDS.stream(), Stream.of("recipients", "to", "dryRun"))
            .collect(Collectors.toUnmodifiableSet());

    private final EnvelopeDecoder envelopes;
    private final Directory directory;

    SendDecoder(EnvelopeDecoder envelopes, Directory directory) {
        this.envelopes = envelopes;
        this.directory = directory;
    }

    /** The request; fails with all of its faults. */
    SendRequest decode(JsonObject body, long tenantId) {
        JsonFields fields = new JsonFields(body);
        fields.refuseUnknown(FIELDS);
        Envelope envelope = envelopes.decode(fields, tenantId, PriorityClass.TRANSACTIONAL);
        boolean dryRun = fields.flag("dryRun");
        List<String> recipients = recipients(fields, body.getValue("channel"), tenantId);
        if (!fields.faults().isEmpty()) {
            throw ProblemException.invalid(fields.faults());
        }
        return new SendRequest(envelope, recipients, duplicates(recipients), dryRun);
    }

    private List<String> recipients(JsonFields fields, Object channelName, long tenantId) {
        Optional<ChannelEntry> channel =
                channelName instanceof String name ? directory.channel(tenantId, name) : Optional.empty();
        if (channel.isPresent() && !envelopes.adapter(channel.get()).hasRecipients()) {
            if (fields.has("to") || fields.has("recipients")) {
                fields.fault("/recipients", "This channel speaks to its group; leave out 'to' and 'recipients'.");
            }
            return List.of("");
        }
        UnaryOperator<String> rule = channel.map(envelopes::recipientRule).orElse(Recipients::faultOf);
        if (fields.has("to")) {
            if (fields.has("recipients")) {
                fields.fault("/to", "Give either 'to' or 'recipients'.");
            }
            return one(fields, rule);
        }
        return fields.require("recipients") ? many(fields, rule) : List.of();
    }

    private static List<String> one(JsonFields fields, UnaryOperator<String> rule) {
        String to = fields.text("to", 1_000);
        if (to == null) {
            return List.of();
        }
        String recipient = to.strip();
        String fault = rule.apply(recipient);
        if (fault != null) {
            fields.fault("/to", fault);
        }
        return List.of(recipient);
    }

    private static List<String> many(JsonFields fields, UnaryOperator<String> rule) {
        JsonArray listed = fields.array("recipients");
        if (listed == null) {
            return List.of();
        }
        if (listed.isEmpty() || listed.size() > MOST_RECIPIENTS) {
            fields.fault("/recipients", "Must have 1 to " + MOST_RECIPIENTS + " entries; for more, make a campaign.");
            return List.of();
        }
        List<String> recipients = new ArrayList<>(listed.size());
        for (int i = 0; i < listed.size(); i++) {
            String recipient = listed.getValue(i) instanceof String text ? text.strip() : null;
            String fault = recipient == null ? "Must be a text." : rule.apply(recipient);
            if (fault != null) {
                fields.fault("/recipients/" + i, fault);
            }
            recipients.add(recipient);
        }
        return recipients;
    }

    private static BitSet duplicates(List<String> recipients) {
        BitSet duplicates = new BitSet();
        if (recipients.size() > 1) {
            Set<String> seen = HashSet.newHashSet(recipients.size());
            for (int i = 0; i < recipients.size(); i++) {
                duplicates.set(i, !seen.add(recipients.get(i)));
            }
        }
        return duplicates;
    }
}
