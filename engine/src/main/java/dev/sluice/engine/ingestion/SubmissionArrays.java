package dev.sluice.engine.ingestion;

import dev.sluice.engine.request.Envelope;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** A group of submissions as the parameter arrays of one statement: one array a column, one element a row. */
final class SubmissionArrays {
    /** No tag holds this character. */
    private static final String TAG_SEPARATOR = "\u001f";

    private final List<NewSubmission> group;

    SubmissionArrays(List<NewSubmission> group) {
        this.group = group;
    }

    Tuple tuple() {
        Tuple tuple = Tuple.tuple();
        addNames(tuple);
        addSubmissions(tuple);
        addDeliveries(tuple);
        return tuple;
    }

    private void addNames(Tuple tuple) {
        List<NewSubmission> named = group.stream().filter(NewSubmission::named).toList();
        tuple.addArrayOfLong(named.stream().map(NewSubmission::tenantId).toArray(Long[]::new));
        tuple.addArrayOfString(named.stream().map(NewSubmission::idempotencyKey).toArray(String[]::new));
        tuple.addArrayOfUUID(named.stream().map(NewSubmission::bodyHash).toArray(UUID[]::new));
        tuple.addArrayOfLong(named.stream().map(NewSubmission::id).toArray(Long[]::new));
    }

    private void addSubmissions(Tuple tuple) {
        int count = group.size();
        Long[] tenants = new Long[count];
        Long[] ids = new Long[count];
        Boolean[] named = new Boolean[count];
        Long[] channels = new Long[count];
        Short[] priorities = new Short[count];
        OffsetDateTime[] notBefore = new OffsetDateTime[count];
        OffsetDateTime[] deliverBy = new OffsetDateTime[count];
        String[] contents = new String[count];
        UUID[] hashes = new UUID[count];
        String[] tags = new String[count];
        Integer[] totals = new Integer[count];
        Integer[] suppressed = new Integer[count];
        for (int i = 0; i < count; i++) {
            NewSubmission submission = group.get(i);
            Envelope envelope = submission.request().envelope();
            tenants[i] = submission.tenantId();
            ids[i] = submission.id();
            named[i] = submission.named();
            channels[i] = envelope.channel().id();
            priorities[i] = envelope.priority().code();
            notBefore[i] = SubmissionStore.time(envelope.notBefore());
            deliverBy[i] = SubmissionStore.time(envelope.deliverBy());
            contents[i] = envelope.content();
            hashes[i] = envelope.contentHash();
            tags[i] = envelope.tags().isEmpty() ? null : String.join(TAG_SEPARATOR, envelope.tags());
            totals[i] = submission.request().total();
            suppressed[i] = submission.request().duplicateCount();
        }
        tuple.addArrayOfLong(tenants)
                .addArrayOfLong(ids)
                .addArrayOfBoolean(named)
                .addArrayOfLong(channels);
        tuple.addArrayOfShort(priorities).addArrayOfOffsetDateTime(notBefore).addArrayOfOffsetDateTime(deliverBy);
        tuple.addArrayOfString(contents).addArrayOfUUID(hashes).addArrayOfString(tags);
        tuple.addArrayOfInteger(totals).addArrayOfInteger(suppressed);
    }

    private void addDeliveries(Tuple tuple) {
        int count = group.stream().mapToInt(NewSubmission::rows).sum();
        Long[] tenants = new Long[count];
        Long[] submissions = new Long[count];
        Integer[] ordinals = new Integer[count];
        Long[] channels = new Long[count];
        String[] recipients = new String[count];
        Boolean[] duplicates = new Boolean[count];
        int row = 0;
        for (NewSubmission submission : group) {
            SendRequest request = submission.request();
            for (int ordinal = 0; ordinal < request.total(); ordinal++) {
                tenants[row] = submission.tenantId();
                submissions[row] = submission.id();
                ordinals[row] = ordinal;
                channels[row] = request.envelope().channel().id();
                recipients[row] = request.recipients().get(ordinal);
                duplicates[row] = request.duplicates().get(ordinal);
                row++;
            }
        }
        tuple.addArrayOfLong(tenants)
                .addArrayOfLong(submissions)
                .addArrayOfInteger(ordinals)
                .addArrayOfLong(channels);
        tuple.addArrayOfString(recipients).addArrayOfBoolean(duplicates);
    }
}
