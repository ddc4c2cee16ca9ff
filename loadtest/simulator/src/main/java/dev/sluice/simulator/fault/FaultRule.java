package dev.sluice.simulator.fault;

import dev.sluice.simulator.http.Api;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * Which calls a fault meets.
 *
 * @param appKey only calls of this app; empty for any
 * @param api only calls to this API; null for any
 * @param containing only calls whose body has this text in it, as it stands there: a userid, a word of the content; empty for any
 * @param percent share of the calls that match, 0 to 100, drawn with the seed
 * @param skip matching calls to leave alone first
 * @param count calls to meet before the rule is spent; negative for no end
 * @param seed of the draw and of the delays
 */
public record FaultRule(
        String appKey, Api api, String containing, double percent, long skip, long count, long seed, Effect effect) {
    public FaultRule {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("percent must be 0 to 100");
        }
    }

    /** Every call, without end. */
    public static FaultRule always(Effect effect) {
        return new FaultRule("", null, "", 100, 0, -1, 1, effect);
    }

    /** The next {@code count} calls to an API. */
    public static FaultRule next(long count, Api api, Effect effect) {
        return new FaultRule("", api, "", 100, 0, count, 1, effect);
    }

    /** A share of the calls to an API. */
    public static FaultRule share(double percent, Api api, long seed, Effect effect) {
        return new FaultRule("", api, "", percent, 0, -1, seed, effect);
    }

    /** Every call to an API whose body has a text in it, without end: one person or one content that spoils the calls it is in. */
    public static FaultRule containing(String text, Api api, Effect effect) {
        return new FaultRule("", api, text, 100, 0, -1, 1, effect);
    }

    boolean concerns(String callerKey, Api called, Buffer body) {
        return (appKey.isEmpty() || appKey.equals(callerKey))
                && (api == null || api == called)
                && (containing.isEmpty()
                        || body.toString(StandardCharsets.UTF_8).contains(containing));
    }
}
