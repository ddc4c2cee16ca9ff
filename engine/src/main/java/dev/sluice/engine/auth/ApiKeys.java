package dev.sluice.engine.auth;

import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.http.StoreTrouble;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers who holds a key. What the database said is remembered for {@value #REMEMBERED_MILLIS} ms, so that a revoked key is dead on every node within 5 s
 * and a busy one costs no query. Wrong keys all get the same answer, and an address that presents many has to wait. What has the form of a key is looked up even
 * then, since behind a proxy everybody has one address: a key that was right before always, others no more than {@value #MOST_SUSPECTS} at a time. One instance
 * per verticle, used on its event loop only.
 */
public final class ApiKeys {
    private static final Logger log = LoggerFactory.getLogger(ApiKeys.class);
    /** Half of it doubles the look-ups; double would break the 5 s promise of revocation. */
    public static final long REMEMBERED_MILLIS = 3_000;

    /** Unknown keys that are looked up at a time for addresses that have to wait: half keeps right ones out longer, double lets guesses cost more. */
    private static final int MOST_SUSPECTS = 8;

    private static final int MOST_REMEMBERED = 10_000;
    private static final int RETRY_SECONDS = 2;
    private static final String SCHEME = "Bearer ";
    /** Compared with when there is no such key, so that both answers take the same time. */
    private static final byte[] NO_HASH = new byte[32];

    private final ApiKeyStore store;
    private final EngineClock clock;
    private final Consumer<ProblemType> refused;
    private final WrongKeys wrongKeys = new WrongKeys();
    private int suspects;
    /** Whether the database can be asked, as of the last look-up. */
    private boolean isReachable = true;

    /** In the order of use; the eldest leaves when it is full. */
    private final Map<String, Remembered> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** @param refused told of each request whose key cannot be looked up */
    public ApiKeys(ApiKeyStore store, EngineClock clock, Consumer<ProblemType> refused) {
        this.store = store;
        this.clock = clock;
        this.refused = refused;
    }

    /**
     * Who calls, if the key is right and opens the scope.
     *
     * @param authorization the Authorization header, null for none
     * @param address the client's, as {@code ClientAddress} has it
     * @return fails with a {@link ProblemException}: 401, 403, 429 after too many wrong keys, or 503 where the database cannot be asked
     */
    public Future<Principal> authenticate(String authorization, String address, KeyScope scope) {
        Optional<ApiKey> presented = presented(authorization);
        if (presented.isEmpty()) {
            return refuse(authorization != null, address);
        }
        ApiKey key = presented.get();
        if (remembered.get(key.id()) == null && wrongKeys.waitSeconds(address, clock.nanoTime()) > 0) {
            return lookUpSuspect(key, address, scope);
        }
        return stored(key.id()).recover(this::notNow).compose(stored -> judge(key, stored, address, scope));
    }

    /** Whether a caller's key still holds, for work that lasts: false once it is revoked, over or gone. Fails when the database does not answer. */
    public Future<Boolean> holds(Principal caller) {
        return stored(caller.keyId())
                .map(stored -> stored.isPresent() && stored.get().validAt(clock.now()));
    }

    /** What the database says of a key, or said a moment ago. */
    private Future<Optional<StoredKey>> stored(String keyId) {
        Remembered known = remembered.get(keyId);
        return known != null && clock.nanoTime() - known.atNanos < REMEMBERED_MILLIS * 1_000_000
                ? known.key
                : lookUp(keyId);
    }

    private Future<Principal> lookUpSuspect(ApiKey key, String address, KeyScope scope) {
        if (suspects >= MOST_SUSPECTS) {
            return refuse(true, address);
        }
        suspects++;
        return lookUp(key.id())
                .onComplete(done -> suspects--)
                .recover(this::notNow)
                .compose(stored -> judge(key, stored, address, scope));
    }

    /** Single flight: whoever asks while the query runs waits for its answer. An unknown id is forgotten at once, so guesses fill nothing. */
    private Future<Optional<StoredKey>> lookUp(String keyId) {
        Future<Optional<StoredKey>> answer = store.find(keyId);
        remembered.put(keyId, new Remembered(answer, clock.nanoTime()));
        answer.onComplete(done -> {
            if (done.failed() || done.result().isEmpty()) {
                remembered.remove(keyId);
            }
            noteReachable(done.cause());
        });
        return answer;
    }

    /** Said once and not of each request: there may be thousands a second. */
    private void noteReachable(Throwable trouble) {
        if (trouble != null && isReachable) {
            log.warn("No key can be looked up, so requests are sent away: {}", trouble.toString());
        } else if (trouble == null && !isReachable) {
            log.info("Keys can be looked up again");
        }
        isReachable = trouble == null;
    }

    private <T> Future<T> notNow(Throwable trouble) {
        if (!StoreTrouble.unreachable(trouble)) {
            return Future.failedFuture(trouble);
        }
        refused.accept(ProblemType.UNAVAILABLE);
        return Future.failedFuture(new ProblemException(
                ProblemType.UNAVAILABLE, "The database cannot be used right now. Nothing was stored.", RETRY_SECONDS));
    }

    private Future<Principal> judge(ApiKey key, Optional<StoredKey> stored, String address, KeyScope scope) {
        byte[] expected = stored.map(known -> known.secretSha256().getBytes()).orElse(NO_HASH);
        boolean same = MessageDigest.isEqual(expected, key.secretSha256());
        if (!same || stored.isEmpty() || !stored.get().validAt(clock.now())) {
            return refuse(true, address);
        }
        Principal principal = stored.get().principal();
        return principal.scope() == scope
                ? Future.succeededFuture(principal)
                : Future.failedFuture(new ProblemException(
                        ProblemType.FORBIDDEN,
                        "This key has the scope '%s'; this needs '%s'."
                                .formatted(principal.scope().wireName(), scope.wireName())));
    }

    private Future<Principal> refuse(boolean tried, String address) {
        int waitSeconds = wrongKeys.waitSeconds(address, clock.nanoTime());
        if (tried && waitSeconds > 0) {
            return Future.failedFuture(new ProblemException(
                    ProblemType.TOO_MANY_WRONG_KEYS, "Too many wrong keys came from this address.", waitSeconds));
        }
        if (tried) {
            wrongKeys.note(address, clock.nanoTime());
        }
        return Future.failedFuture(new ProblemException(
                ProblemType.UNAUTHENTICATED, "Send 'Authorization: Bearer <API key>' with a key that is in force."));
    }

    private static Optional<ApiKey> presented(String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? ApiKey.parse(authorization.substring(SCHEME.length()).trim())
                : Optional.empty();
    }

    private record Remembered(Future<Optional<StoredKey>> key, long atNanos) {}
}
