package dev.sluice.simulator.limit;

import dev.sluice.simulator.clock.PlatformClock;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;

/**
 * Metered calls per organisation, pool and natural month in China (vendor help page G8; the reset instant itself is
 * unconfirmed). Safe for any thread.
 */
public final class MonthMeter {
    private final PlatformClock clock;
    private final Map<Account, Usage> usages = new HashMap<>();

    /** The two monthly pools of an organisation. */
    public enum Pool {
        API,
        WEBHOOK
    }

    private record Account(String corpId, Pool pool, YearMonth month) {}

    private static final class Usage {
        private long used;
        private long exhaustedAtMillis = -1;
    }

    public MonthMeter(PlatformClock clock) {
        this.clock = clock;
    }

    /** Metered calls of the running month. */
    public synchronized long used(String corpId, Pool pool) {
        return used(corpId, pool, PlatformClock.chinaMonth(clock.wallMillis()));
    }

    /** Metered calls of any month. */
    public synchronized long used(String corpId, Pool pool, YearMonth month) {
        Usage usage = usages.get(new Account(corpId, pool, month));
        return usage == null ? 0 : usage.used;
    }

    /** Books calls, our own or those of somebody else in the organisation (foreign spend). */
    public synchronized void spend(String corpId, Pool pool, long calls) {
        usage(corpId, pool).used += calls;
    }

    /** Whether a metered call must be refused: quota used up and the grace period over. */
    public synchronized boolean isExhausted(String corpId, Pool pool, long quota, long graceMillis) {
        Usage usage = usage(corpId, pool);
        if (usage.used < quota) {
            usage.exhaustedAtMillis = -1;
            return false;
        }
        if (usage.exhaustedAtMillis < 0) {
            usage.exhaustedAtMillis = clock.wallMillis();
        }
        return clock.wallMillis() - usage.exhaustedAtMillis >= graceMillis;
    }

    public synchronized void clear() {
        usages.clear();
    }

    private Usage usage(String corpId, Pool pool) {
        YearMonth month = PlatformClock.chinaMonth(clock.wallMillis());
        return usages.computeIfAbsent(new Account(corpId, pool, month), unused -> new Usage());
    }
}
