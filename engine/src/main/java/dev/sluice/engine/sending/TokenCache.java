package dev.sluice.engine.sending;

import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import dev.sluice.engine.directory.AppEntry;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Access tokens by app and family. However many ask, one request is in flight for an app; a token is renewed in the background before it ends; a failure is
 * remembered for a growing while, so that a dead endpoint is not hammered. Thread-safe. Holds one entry for each app that was ever asked for.
 */
public final class TokenCache {
    private final Vertx vertx;
    private final TokenCalls calls;
    private final EngineClock clock;
    private final RandomGenerator random;
    private final Map<Key, TokenEntry> entries = new ConcurrentHashMap<>();

    private record Key(long appId, ApiFamily family) {}

    /**
     * @param calls ask for tokens
     * @param clock its monotonic time
     * @param random for jitter only
     */
    public TokenCache(Vertx vertx, TokenCalls calls, EngineClock clock, RandomGenerator random) {
        this.vertx = vertx;
        this.calls = calls;
        this.clock = clock;
        this.random = random;
    }

    /** A token for calls of the app to the family's host. Never fails; completes at once when the answer is known, else on the caller's context. */
    public Future<TokenAnswer> token(AppEntry app, ApiFamily family) {
        TokenEntry entry = entries.compute(
                new Key(app.id(), family),
                (key, known) -> known == null || !known.isOf(app) ? new TokenEntry(app, random) : known);
        TokenEntry.Need need = entry.need(clock.monotonicMillis());
        if (need.mustFetch()) {
            fetch(entry, family);
        }
        return need.answer() != null ? need.answer() : onCallersContext(need.inFlight());
    }

    /** Forgets a token that the platform refused, unless a newer one is there already. */
    public void invalidate(AppEntry app, ApiFamily family, String token) {
        TokenEntry entry = entries.get(new Key(app.id(), family));
        if (entry != null) {
            entry.refuse(token);
        }
    }

    /** Asks anew next time where the last answer was no token: the people's side changed something. */
    public void forgetFailure(AppEntry app, ApiFamily family) {
        TokenEntry entry = entries.get(new Key(app.id(), family));
        if (entry != null) {
            entry.forgetFailure();
        }
    }

    private void fetch(TokenEntry entry, ApiFamily family) {
        calls.ask(entry.app(), family).onSuccess(reply -> entry.settle(reply, clock.monotonicMillis()));
    }

    private Future<TokenAnswer> onCallersContext(Future<TokenAnswer> inFlight) {
        Context caller = vertx.getOrCreateContext();
        Promise<TokenAnswer> here = Promise.promise();
        inFlight.onComplete(answer -> caller.runOnContext(moved -> here.handle(answer)));
        return here.future();
    }
}
