package dev.sluice.engine.sending;

import dev.sluice.engine.channel.Redaction;
import dev.sluice.engine.channel.TokenProtocol.TokenReply;
import dev.sluice.engine.directory.AppEntry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The token of one app. Pure but for the promise that waiting callers share; every method takes the time and holds the entry's monitor for an instant.
 *
 * <pre>
 * nothing ──asked──> fetching ──granted──> token ──nearly over──> token, fetching in the background
 *    ^                  └──failed──> failed until T, then nothing     │
 *    └──────────────────────refused by the platform, or over─────────┘
 * </pre>
 */
final class TokenEntry {
    private static final long FIRST_BACKOFF_MILLIS = 500;
    private static final long LONGEST_BACKOFF_MILLIS = 30_000;

    private final AppEntry app;
    private final RandomGenerator random;

    private String token = "";
    private Future<TokenAnswer> answer;
    private long renewAtMillis;
    private long endsAtMillis;
    private Promise<TokenAnswer> fetching;
    private int failuresInARow;
    /** The token that the platform refused last: handed out again, it is believed only after a pause. */
    private String refused = "";

    private boolean mustPause;

    TokenEntry(AppEntry app, RandomGenerator random) {
        this.app = app;
        this.random = random;
    }

    /**
     * What a caller gets, and whether the caller has to fetch.
     *
     * @param answer the answer, null while there is none
     * @param inFlight what to wait for when there is no answer
     * @param mustFetch whether this caller, and no other, starts a fetch
     */
    record Need(Future<TokenAnswer> answer, Future<TokenAnswer> inFlight, boolean mustFetch) {}

    AppEntry app() {
        return app;
    }

    /** Whether it is for these very credentials: rotated ones start anew. */
    boolean isOf(AppEntry other) {
        return app.appKey().equals(other.appKey()) && app.secrets().equals(other.secrets());
    }

    synchronized Need need(long nowMillis) {
        boolean isKnown = answer != null && nowMillis < endsAtMillis;
        boolean mustFetch = fetching == null && (!isKnown || nowMillis >= renewAtMillis);
        if (mustFetch) {
            fetching = Promise.promise();
        }
        return new Need(isKnown ? answer : null, fetching == null ? null : fetching.future(), mustFetch);
    }

    /** A failure is remembered no more: somebody may have mended its cause. */
    synchronized void forgetFailure() {
        if (token.isEmpty()) {
            answer = null;
        }
    }

    synchronized void refuse(String refusedToken) {
        if (!token.isEmpty() && token.equals(refusedToken)) {
            forget();
            refused = refusedToken;
            mustPause = true;
        }
    }

    void settle(TokenReply reply, long nowMillis) {
        Promise<TokenAnswer> waiting;
        TokenAnswer now;
        synchronized (this) {
            waiting = fetching;
            fetching = null;
            now = switch (reply) {
                case TokenReply.Granted granted -> granted(granted, nowMillis);
                case TokenReply.Refused wrong ->
                    remember(new TokenAnswer.Refused(wrong.outcome()), nowMillis, backoffMillis());
                case TokenReply.Failed failed -> failed(failed.reason(), nowMillis);
            };
        }
        waiting.complete(now);
    }

    private TokenAnswer granted(TokenReply.Granted granted, long nowMillis) {
        boolean isRefusedOne = granted.token().equals(refused);
        if (isRefusedOne && mustPause) {
            mustPause = false;
            return failed("the platform hands out the very token that it refused", nowMillis);
        }
        failuresInARow = isRefusedOne ? failuresInARow : 0;
        token = granted.token();
        TokenLife life = TokenLife.of(granted.lifeSeconds() * 1_000, nowMillis);
        renewAtMillis = life.renewAtMillis();
        endsAtMillis = life.endsAtMillis();
        TokenAnswer known = known();
        answer = Future.succeededFuture(known);
        return known;
    }

    private TokenAnswer failed(String reason, long nowMillis) {
        long waitMillis = backoffMillis();
        boolean stillGood = !token.isEmpty() && nowMillis < endsAtMillis;
        if (stillGood) {
            // The old one serves until it ends; only the renewal waits.
            renewAtMillis = nowMillis + waitMillis;
            return known();
        }
        return remember(new TokenAnswer.Unavailable(reason, waitMillis), nowMillis, waitMillis);
    }

    private TokenAnswer known() {
        List<String> secrets = new ArrayList<>(app.secrets().values());
        secrets.add(token);
        return new TokenAnswer.Token(token, Redaction.of(secrets));
    }

    private TokenAnswer remember(TokenAnswer failure, long nowMillis, long forMillis) {
        forget();
        answer = Future.succeededFuture(failure);
        endsAtMillis = nowMillis + forMillis;
        renewAtMillis = endsAtMillis;
        return failure;
    }

    private void forget() {
        token = "";
        answer = null;
    }

    /** Doubling with each failure in a row, up to half a minute, each by up to a half more: apps that failed together come back apart. */
    private long backoffMillis() {
        long doubled = FIRST_BACKOFF_MILLIS << Math.min(failuresInARow++, 6);
        long bounded = Math.min(LONGEST_BACKOFF_MILLIS, doubled);
        return bounded + random.nextLong(bounded / 2);
    }
}
