package dev.sluice.engine.http;

import java.util.HashMap;
import java.util.Map;

/**
 * How much is taken of something bounded, in all and by each tenant, so that no tenant can take all of it. Each taking is given back once. Pure; one thread.
 */
public final class TenantShares {
    private final long most;
    private final long mostPerTenant;
    private final Map<Long, Long> byTenant = new HashMap<>();
    private long taken;

    /**
     * @param most in all
     * @param mostPerTenant of one tenant
     */
    public TenantShares(long most, long mostPerTenant) {
        this.most = most;
        this.mostPerTenant = mostPerTenant;
    }

    /** A share in percent of a bound, at least 1: of a single place everybody has all. */
    public static long percentOf(long bound, int percent) {
        return Math.max(1, bound * percent / 100);
    }

    /** Takes so much if there is room for it, in all and for this tenant; otherwise nothing. */
    public Room take(long tenantId, long amount) {
        if (taken + amount > most) {
            return Room.FULL;
        }
        if (byTenant.getOrDefault(tenantId, 0L) + amount > mostPerTenant) {
            return Room.TENANT_FULL;
        }
        taken += amount;
        byTenant.merge(tenantId, amount, Long::sum);
        return Room.FREE;
    }

    /** Gives back what was taken. */
    public void giveBack(long tenantId, long amount) {
        taken -= amount;
        byTenant.computeIfPresent(tenantId, (tenant, had) -> had == amount ? null : had - amount);
    }

    /** What is taken in all. */
    public long taken() {
        return taken;
    }

    /** Whether there was room. */
    public enum Room {
        FREE,
        /** The tenant has its share. */
        TENANT_FULL,
        /** Nobody gets more. */
        FULL
    }
}
