package dev.sluice.simulator.fault;

/** What a fault does to a call. Delays and a revoked token leave it otherwise alone; the rest decide its fate. */
public sealed interface Effect {
    /** Late to the platform: judged, counted and stamped only after the delay. */
    record DelayBefore(Latency latency) implements Effect {}

    /** Late back: acted on at once, answered after the delay. */
    record DelayAfter(Latency latency) implements Effect {}

    /** Never processed, never answered. */
    record RequestLost() implements Effect {}

    /** Processed, never answered. */
    record ResponseLost() implements Effect {}

    /** Connection closed before acting. */
    record ResetBefore() implements Effect {}

    /** Acted on, then the connection is closed instead of an answer. */
    record ResetAfter() implements Effect {}

    /**
     * Another answer than the platform's own.
     *
     * @param acts whether the call is acted on first
     */
    record Answer(int status, String contentType, String body, boolean acts) implements Effect {}

    /** The right answer, dripping. */
    record SlowBody(int chunkBytes, long pauseMillis) implements Effect {
        public SlowBody {
            if (chunkBytes < 1 || pauseMillis < 1) {
                throw new IllegalArgumentException("a slow body needs chunkBytes >= 1 and pauseMillis >= 1");
            }
        }
    }

    /** Refused as if the app were over its calls per second; not acted on. */
    record Throttle() implements Effect {}

    /** The app's token is revoked right before the call is judged. */
    record RevokeToken() implements Effect {}

    /** Server error with the family's usual body; not acted on. */
    static Effect serverError(int status) {
        String body = "{\"code\":\"system.error\",\"message\":\"系统错误\",\"requestid\":\"sim-fault\"}";
        return new Answer(status, "application/json;charset=UTF-8", body, false);
    }

    /** Service-level throttle (429 system.busy); not acted on. */
    static Effect tooManyRequests() {
        String body = "{\"code\":\"system.busy\",\"message\":\"系统繁忙\",\"requestid\":\"sim-fault\"}";
        return new Answer(429, "application/json;charset=UTF-8", body, false);
    }

    /** Acted on, answered with bytes that are no JSON. */
    static Effect garbage() {
        return new Answer(200, "application/json;charset=UTF-8", "{\"errcode\":0,\"task_i\u0000", true);
    }

    /** The word for the ledger. */
    default String word() {
        return getClass().getSimpleName();
    }
}
