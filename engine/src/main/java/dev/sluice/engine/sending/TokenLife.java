package dev.sluice.engine.sending;

/**
 * How long a token serves. Pure; times are of a clock that only grows.
 *
 * @param renewAtMillis from then on whoever asks has it renewed, in the background
 * @param endsAtMillis from then on it is used no more
 */
public record TokenLife(long renewAtMillis, long endsAtMillis) {
    /**
     * Of a token that was given now. It is renewed a tenth before its end: a token asked for inside its life is the same one, renewed (obtain-orgapp-token,
     * 2026-07-22).
     *
     * @param lifeMillis as the platform says
     */
    public static TokenLife of(long lifeMillis, long nowMillis) {
        return new TokenLife(
                nowMillis + lifeMillis - lifeMillis / 10, nowMillis + lifeMillis - Math.min(60_000, lifeMillis / 20));
    }
}
