package dev.sluice.engine.quota;

import dev.sluice.engine.model.ContentHash;
import dev.sluice.engine.model.DeliveryKey;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * How people, contents and deliveries are written in a day's marks: 64 bits each, as 11 characters. A person with one message costs some 90 bytes of Redis.
 *
 * <p>Collisions: among ten million people of one day, two share a name with a chance of 3 in a million, and then only what goes to the one counts for the
 * other too. Among the at most some hundred marks of one person, two contents or deliveries meet with a chance below 1 in 10^15. Neither lets more through
 * than allowed; at worst one message is suppressed with the reason told.
 */
final class PeopleMark {
    private static final Base64.Encoder CHARACTERS = Base64.getUrlEncoder().withoutPadding();

    private PeopleMark() {}

    static String person(String recipient) {
        return write(ContentHash.of(recipient).getMostSignificantBits());
    }

    static String content(UUID contentHash) {
        return write(contentHash.getMostSignificantBits());
    }

    /** Spreads the submission over all bits (odd factor: one to one) and leaves neighbours of a submission apart. */
    static String delivery(DeliveryKey key) {
        return write(key.submissionId() * 0x9E3779B97F4A7C15L + key.ordinal());
    }

    private static String write(long bits) {
        return CHARACTERS.encodeToString(
                ByteBuffer.allocate(Long.BYTES).putLong(bits).array());
    }
}
