package dev.sluice.loadtest.load.judging;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Set;

/**
 * What the send API says of somebody who waits.
 *
 * @param gate what holds them
 * @param reason one sentence for people
 * @param notBefore until when; empty where it does not say
 */
record WaitingAnswer(String gate, String reason, String notBefore) {
    /** What somebody must end, or an answer that is under way: nobody can say when. */
    private static final Set<String> WITHOUT_A_TIME = Set.of(
            "draft", "paused", "cancelling", "in flight", "no channel", "tenant paused", "channel paused", "turn");

    /** A lane looks again when its time has come, and says so a moment later. */
    private static final Duration OLDEST = Duration.ofMinutes(1);

    /** Nobody says what holds them: the lane has no node, or what its node says cannot be read. */
    private static final Set<String> NOT_YET = Set.of("no owner", "unknown");

    static WaitingAnswer of(JsonObject delivery) {
        JsonObject held = Objects.requireNonNullElse(delivery.getJsonObject("waitingFor"), new JsonObject());
        return new WaitingAnswer(text(held, "gate"), text(held, "reason"), text(held, "notBefore"));
    }

    private static String text(JsonObject held, String field) {
        String text = held.getString(field);
        return text == null ? "" : text;
    }

    /** Whether it is to be asked for again: between two owners, or beside a Redis that is slow, it may be this for a moment. */
    boolean isNotYet() {
        return NOT_YET.contains(gate);
    }

    /**
     * Whether it says by what they are held, and until when where time ends it.
     *
     * @param now when it was asked for
     */
    boolean explains(Instant now) {
        boolean timed = WITHOUT_A_TIME.contains(gate) || isToCome(now);
        return !gate.isBlank() && !reason.isBlank() && timed && !isNotYet();
    }

    /** A time that is over for long tells nobody until when they wait. */
    private boolean isToCome(Instant now) {
        try {
            return Instant.parse(notBefore).plus(OLDEST).isAfter(now);
        } catch (DateTimeParseException noTime) {
            return false;
        }
    }
}
