package dev.sluice.engine.channel.dingtalk;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.channel.PlatformReply;
import dev.sluice.engine.model.PlatformCode;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads any answer. Three kinds exist: the platform's envelope, whose code decides; the page or JSON of the address ban, which is no envelope; and everything
 * else, of which only an HTTP 4xx proves that nothing was done.
 *
 * <p>A code that no table knows is a refusal in the platform's own words, so nothing was sent: temporary, kept verbatim, bounded by the retry policy. Except with an
 * HTTP 5xx: the older family answers everything with 200, so those words may be a proxy's, and in the newer one an unlisted server error tells nothing. It stays in doubt.
 */
final class ReplyReading {
    private static final int TOO_MANY_REQUESTS = 429;
    /** A banned address stays banned for 5 minutes (call-frequency-limit, 2026-01-22). */
    private static final long BAN_MILLIS = 300_000;

    private static final long SECOND_MILLIS = 1_000;

    private ReplyReading() {}

    /** Reads an answer of {@code oapi}: its code stands in the body, whatever the HTTP status. */
    static CallOutcome legacy(PlatformReply reply, CodeTable codes, Function<JsonObject, CallOutcome> accepted) {
        Optional<JsonObject> body = reply.object();
        if (body.isEmpty() || isBan(body.get())) {
            return foreign(reply, body.isPresent());
        }
        Said said = Said.of(body.get());
        if (said.code().isEmpty()) {
            return foreign(reply, false);
        }
        if (said.code().equals("0")) {
            return isSuccess(reply) ? accepted.apply(body.get()) : unreadable(reply);
        }
        return refused(reply, codes, said);
    }

    /**
     * Reads an answer of {@code api}: a 2xx is a success where its body has the shape of one.
     *
     * @param accepted the outcome of a success; empty where the body is not one
     */
    static CallOutcome modern(
            PlatformReply reply, CodeTable codes, Function<JsonObject, Optional<CallOutcome>> accepted) {
        Optional<JsonObject> body = reply.object();
        if (body.isEmpty() || isBan(body.get())) {
            return foreign(reply, body.isPresent());
        }
        Optional<CallOutcome> success = isSuccess(reply) ? accepted.apply(body.get()) : Optional.empty();
        if (success.isPresent()) {
            return success.get();
        }
        Said said = Said.of(body.get());
        if (said.code().isEmpty() || said.code().equals("0")) {
            return foreign(reply, false);
        }
        CallOutcome outcome = refused(reply, codes, said);
        return reply.status() == TOO_MANY_REQUESTS && outcome instanceof CallOutcome.Temporary fault
                ? tooMany(fault)
                : outcome;
    }

    /** What a table knows of a limit holds, whatever its status. A busy service is everybody's; of what is not known, nobody else is to suffer. */
    private static CallOutcome tooMany(CallOutcome.Temporary fault) {
        return new CallOutcome.Throttled(
                fault.ofPlatform() ? ThrottleScope.PLATFORM : ThrottleScope.APP_AND_API, SECOND_MILLIS, fault.code());
    }

    private static CallOutcome refused(PlatformReply reply, CodeTable codes, Said said) {
        return codes.meaning(said.code())
                .map(meaning -> meaning.outcome(said))
                .orElseGet(() -> reply.status() >= 500
                        ? new CallOutcome.Unknown("HTTP " + reply.status() + " with the unlisted code " + said.code())
                        : new CallOutcome.Temporary(said.platformCode(), false));
    }

    /** {@code {"status":1111,"wait":5,"source":"x5","punish":"deny",...}}. */
    private static boolean isBan(JsonObject body) {
        return "x5".equals(body.getValue("source")) && body.containsKey("punish");
    }

    private static CallOutcome foreign(PlatformReply reply, boolean isBan) {
        // The ban may also show as an HTML page, of a status that is not published; a gateway's error page has 5xx.
        if (isBan || (isPage(reply) && reply.status() < 500)) {
            return new CallOutcome.Throttled(
                    ThrottleScope.EGRESS_IP, BAN_MILLIS, new PlatformCode("x5", "HTTP " + reply.status()));
        }
        if (reply.status() == TOO_MANY_REQUESTS) {
            return new CallOutcome.Throttled(
                    ThrottleScope.APP_AND_API, SECOND_MILLIS, new PlatformCode("HTTP 429", ""));
        }
        if (reply.status() >= 400 && reply.status() < 500) {
            return new CallOutcome.Temporary(new PlatformCode("HTTP " + reply.status(), ""), false);
        }
        return unreadable(reply);
    }

    private static CallOutcome unreadable(PlatformReply reply) {
        return new CallOutcome.Unknown("HTTP " + reply.status() + " with "
                + (reply.body().length() == 0 ? "an empty body" : "a body that is not the platform's"));
    }

    private static boolean isPage(PlatformReply reply) {
        return reply.body().length() > 0
                && reply.body()
                        .getString(0, Math.min(64, reply.body().length()))
                        .stripLeading()
                        .startsWith("<");
    }

    private static boolean isSuccess(PlatformReply reply) {
        return reply.status() >= 200 && reply.status() < 300;
    }
}
