package dev.sluice.simulator.token;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.settings.Limits;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Tokens given out. Asking again inside the life gives the same token and renews it (obtain-orgapp-token, 2026-07-22).
 * Remembers the latest 100,000 tokens; older ones become unknown. Safe for any thread.
 */
public final class Tokens {
    private static final int TOKENS_KEPT = 100_000;

    private final SplittableRandom random;
    private final Map<String, Grant> grants = new LinkedHashMap<>();
    private final Map<String, Grant> currentByApp = new HashMap<>();

    /** A token and its life. */
    public static final class Grant {
        private final String token;
        private final String appKey;
        private long expiresAtMillis;
        private boolean revoked;

        private Grant(String token, String appKey) {
            this.token = token;
            this.appKey = appKey;
        }

        public String token() {
            return token;
        }

        public String appKey() {
            return appKey;
        }

        public long expiresAtMillis() {
            return expiresAtMillis;
        }

        public boolean isRevoked() {
            return revoked;
        }

        boolean isLive(long nowMillis) {
            return !revoked && nowMillis < expiresAtMillis;
        }
    }

    public Tokens(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The app's token, new or renewed. */
    public synchronized Grant issue(App app, Limits.Token limits, long nowMillis) {
        Grant grant = currentByApp.get(app.appKey());
        boolean fresh = grant == null || !grant.isLive(nowMillis);
        if (fresh) {
            grant = new Grant(newToken(), app.appKey());
            remember(grant);
        }
        if (fresh || limits.renewOnRefetch()) {
            grant.expiresAtMillis = nowMillis + limits.lifeSeconds() * 1000L;
        }
        return grant;
    }

    /** The grant behind a token, expired and revoked ones included; null if unknown. */
    public synchronized Grant find(String token) {
        return grants.get(token);
    }

    /** Makes the app's present token worthless. */
    public synchronized void revoke(String appKey) {
        Grant grant = currentByApp.get(appKey);
        if (grant != null) {
            grant.revoked = true;
        }
    }

    public synchronized void clear() {
        grants.clear();
        currentByApp.clear();
    }

    private void remember(Grant grant) {
        if (grants.size() >= TOKENS_KEPT) {
            grants.remove(grants.keySet().iterator().next());
        }
        grants.put(grant.token, grant);
        currentByApp.put(grant.appKey, grant);
    }

    private String newToken() {
        return String.format("%016x%016x", random.nextLong(), random.nextLong());
    }
}
