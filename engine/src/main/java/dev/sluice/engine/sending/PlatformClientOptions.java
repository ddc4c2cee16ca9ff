package dev.sluice.engine.sending;

/**
 * Bounds of the connections to the platforms.
 *
 * @param connectTimeoutMillis until a connection must stand, waiting for a free one included; nothing has left before
 * @param deadlineMillis until the whole answer must be there, from the moment of asking; part of the proof of the slots, so all nodes share it
 * @param mostReplyBytes a longer answer is no answer
 * @param connectionsPerHost at most so many calls in flight to a host from one client
 * @param mostWaiting calls that may wait for a connection; further ones are refused at once, not sent
 * @param keepAliveSeconds how long an idle connection is kept; one that the platform closed first makes the next call doubtful, so shorter than its idea
 */
public record PlatformClientOptions(
        long connectTimeoutMillis,
        long deadlineMillis,
        int mostReplyBytes,
        int connectionsPerHost,
        int mostWaiting,
        int keepAliveSeconds) {

    public PlatformClientOptions {
        if (connectTimeoutMillis < 1 || deadlineMillis <= connectTimeoutMillis) {
            throw new IllegalArgumentException("the call deadline must be longer than the connect timeout");
        }
        if (mostReplyBytes < 1 || connectionsPerHost < 1 || mostWaiting < 0 || keepAliveSeconds < 1) {
            throw new IllegalArgumentException("bounds of the platform connections must be positive");
        }
    }

    /** 2 s to connect, 5 s in all, 1 MB, 128 connections a host and 512 waiting, 30 s idle. */
    public static PlatformClientOptions standard() {
        return new PlatformClientOptions(2_000, 5_000, 1 << 20, 128, 512, 30);
    }
}
