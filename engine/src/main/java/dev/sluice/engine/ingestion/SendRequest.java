package dev.sluice.engine.ingestion;

import dev.sluice.engine.request.Envelope;
import java.util.BitSet;
import java.util.List;

/**
 * A checked request to send.
 *
 * @param envelope all but the people
 * @param recipients trimmed, in the order of the request
 * @param duplicates positions of those who stand in it before: they are accepted, accounted for, and not sent to
 * @param dryRun whether only the answer is wanted
 */
record SendRequest(Envelope envelope, List<String> recipients, BitSet duplicates, boolean dryRun) {
    int total() {
        return recipients.size();
    }

    int duplicateCount() {
        return duplicates.cardinality();
    }
}
