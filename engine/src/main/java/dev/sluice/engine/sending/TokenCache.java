package dev.sluice.engine.sending;

import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import dev.sluice.engine.channel.TokenProtocol;
import dev.sluice.engine.channel.TokenProtocol.TokenReply;
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
    private final PlatformClient client;
    private final Map<ApiFamily, TokenProtocol> protocols;
    private final EngineClock clock;
    private final RandomGenerator random;
    private final Map<Key, TokenEntry> entries = new ConcurrentHashMap<>();

    private record Key(long appId, ApiFamily family) {}

    /**
     * @param protocols how each family's token is asked for
     * @param clock its monotonic time
     * @param random for jitter only
     */
    public TokenCache(
            Vertx vertx,
            PlatformClient client,
            Map<ApiFamily, TokenProtocol> protocols,
            EngineClock clock,
            RandomGenerator random) {
        this.vertx = vertx;
        this.client = client;
        this.protocols = Map.copyOf(protocols);
        this.clock = clock;
        this.random = random;
    }

    /** A token for calls of the app to the family's host. Never fails; completes at once when the answer is known, else on the caller's context. */
    public Future<TokenAnswer> token(AppEntry app, ApiFamily family) {
        TokenEntry entry = entries.compute(
                new Key(app.id(), family),
                (key, known) -> known == null || !known.isOf(app) ? new TokenEntry(app, random) : known);
        TokenEntry.Need need = entry.need(nowMillis());
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
        TokenProtocol protocol = protocols.get(family);
        client.call(protocol.request(entry.app()).hiding(entry.app().secrets().values()))
                .map(result -> reply(protocol, result))
                .otherwise(
                        broken -> new TokenReply.Failed("the token's answer could not be read: " + broken.getClass()))
                .onSuccess(reply -> entry.settle(reply, nowMillis()));
    }

    private static TokenReply reply(TokenProtocol protocol, PlatformResult result) {
        return switch (result) {
            case PlatformResult.Replied replied -> protocol.read(replied.reply());
            case PlatformResult.NotSent notSent -> new TokenReply.Failed(notSent.reason());
            case PlatformResult.NoAnswer noAnswer -> new TokenReply.Failed(noAnswer.reason());
        };
    }

    private Future<TokenAnswer> onCallersContext(Future<TokenAnswer> inFlight) {
        Context caller = vertx.getOrCreateContext();
        Promise<TokenAnswer> here = Promise.promise();
        inFlight.onComplete(answer -> caller.runOnContext(moved -> here.handle(answer)));
        return here.future();
    }

    private long nowMillis() {
        return clock.nanoTime() / 1_000_000;
    }
}
