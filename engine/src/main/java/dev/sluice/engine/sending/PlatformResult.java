package dev.sluice.engine.sending;

import dev.sluice.engine.channel.PlatformReply;

/** What became of one HTTP request, as far as the connection can tell. */
public sealed interface PlatformResult {
    /**
     * An answer arrived whole, in time and under the size cap.
     *
     * @param reply the answer
     */
    record Replied(PlatformReply reply) implements PlatformResult {}

    /**
     * Proven never to have left: no connection, no room, or the check before the write said no. Not one byte was written.
     *
     * @param reason for people, without secrets
     */
    record NotSent(String reason) implements PlatformResult {}

    /**
     * It was given to the connection and no whole answer came: whether the platform acted is open. A reset connection looks the same before and after acting.
     *
     * @param reason for people, without secrets
     */
    record NoAnswer(String reason) implements PlatformResult {}
}
