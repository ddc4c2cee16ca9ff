package dev.sluice.simulator.control;

import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.Latency;

/** Reads {@code {"kind":"delayBefore","distribution":"uniform","fromMillis":0,"toMillis":60}} and its siblings. */
final class EffectReader {
    private static final long DEFAULT_CAP_MILLIS = 60_000;

    private EffectReader() {}

    static Effect read(ControlBody body) {
        Effect effect = effect(body);
        body.allowing(fields(body));
        return effect;
    }

    private static Effect effect(ControlBody body) {
        return switch (body.text("kind")) {
            case "delayBefore" -> new Effect.DelayBefore(latency(body));
            case "delayAfter" -> new Effect.DelayAfter(latency(body));
            case "requestLost" -> new Effect.RequestLost();
            case "responseLost" -> new Effect.ResponseLost();
            case "resetBefore" -> new Effect.ResetBefore();
            case "resetAfter" -> new Effect.ResetAfter();
            case "serverError" -> Effect.serverError(status(body, 500));
            case "tooManyRequests" -> Effect.tooManyRequests();
            case "garbage" -> Effect.garbage();
            case "slowBody" -> new Effect.SlowBody((int) body.number("chunkBytes", 1), body.number("pauseMillis", 100));
            case "throttle" -> new Effect.Throttle();
            case "revokeToken" -> new Effect.RevokeToken();
            case "answer" ->
                new Effect.Answer(
                        status(body, 200),
                        body.text("contentType", "application/json"),
                        body.text("body"),
                        Boolean.TRUE.equals(body.json().getValue("acts")));
            default ->
                throw body.problem(
                        "kind",
                        "must be one of delayBefore, delayAfter, requestLost, responseLost, resetBefore, resetAfter,"
                                + " serverError, tooManyRequests, garbage, slowBody, throttle, revokeToken, answer");
        };
    }

    /** What an effect of this kind may say. */
    private static String[] fields(ControlBody body) {
        return switch (body.text("kind")) {
            case "delayBefore", "delayAfter" ->
                switch (body.text("distribution", "fixed")) {
                    case "uniform" -> new String[] {"kind", "distribution", "fromMillis", "toMillis"};
                    case "lognormal" -> new String[] {"kind", "distribution", "medianMillis", "sigma", "capMillis"};
                    default -> new String[] {"kind", "distribution", "millis"};
                };
            case "serverError" -> new String[] {"kind", "status"};
            case "slowBody" -> new String[] {"kind", "chunkBytes", "pauseMillis"};
            case "answer" -> new String[] {"kind", "status", "contentType", "body", "acts"};
            default -> new String[] {"kind"};
        };
    }

    private static int status(ControlBody body, int otherwise) {
        long status = body.number("status", otherwise);
        if (status < 200 || status > 599) {
            throw body.problem("status", "must be an HTTP status from 200 to 599");
        }
        return (int) status;
    }

    private static Latency latency(ControlBody body) {
        return switch (body.text("distribution", "fixed")) {
            case "fixed" -> new Latency.Fixed(body.number("millis"));
            case "uniform" -> new Latency.Uniform(body.number("fromMillis", 0), body.number("toMillis"));
            case "lognormal" ->
                new Latency.Lognormal(
                        body.decimal("medianMillis", 20),
                        body.decimal("sigma", 0.5),
                        body.number("capMillis", DEFAULT_CAP_MILLIS));
            default -> throw body.problem("distribution", "must be fixed, uniform or lognormal");
        };
    }
}
