package dev.sluice.loadtest.plan;

import java.util.Arrays;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/** What became of the people of one load. */
public final class LoadTally {
    private static final long NEVER = Long.MAX_VALUE;

    /** Of a wait: with two, what waits until the month ends would seem to wait an hour longer. */
    private static final int EXACT_DIGITS = 3;

    private final long[] endMicros;
    private final Histogram waits = new Histogram(EXACT_DIGITS);
    private long sent;
    private long suppressed;
    private long expired;
    private long cancelled;
    private long refused;
    private long waiting;

    LoadTally(int tenants) {
        this.endMicros = new long[tenants];
    }

    void sent(int tenant, int people, long arrivedMicros, long atMicros) {
        sent += people;
        endMicros[tenant] = atMicros;
        waits.recordValueWithCount(Math.max(0, (atMicros - arrivedMicros) / 1_000), people);
    }

    void suppressed(int tenant, int people, long atMicros) {
        suppressed += people;
        endMicros[tenant] = atMicros;
    }

    void expired(int tenant, int people, long atMicros) {
        expired += people;
        ended(tenant, atMicros);
    }

    void cancelled(int tenant, int people, long atMicros) {
        cancelled += people;
        ended(tenant, atMicros);
    }

    /** It may be told of later than it was. */
    private void ended(int tenant, long atMicros) {
        endMicros[tenant] = Math.max(endMicros[tenant], atMicros);
    }

    void refused(int tenant, int people, long atMicros) {
        refused += people;
        expired(tenant, people, atMicros);
    }

    void waiting(int tenant, long people) {
        waiting += people;
        endMicros[tenant] = NEVER;
    }

    /** People whom the platform took. */
    public long sent() {
        return sent;
    }

    /** People who had it today. */
    public long suppressed() {
        return suppressed;
    }

    /** People for whom it was too late. */
    public long expired() {
        return expired;
    }

    /** Of these, people whom the engine did not take, since no limit lets anybody reach them all in time. */
    public long refused() {
        return refused;
    }

    /** People who had not gone when their campaign was cancelled. */
    public long cancelled() {
        return cancelled;
    }

    /** People who still waited when the plan ended. */
    public long waiting() {
        return waiting;
    }

    /** Everybody, whatever became of them. */
    public long people() {
        return sent + suppressed + expired + cancelled + waiting;
    }

    /** When all tenants were done, in microseconds from the start; empty where somebody still waits. */
    public OptionalLong endMicros() {
        return tenantsDoneMicros(100);
    }

    /** When so many percent of the tenants were done; empty where fewer ever are. */
    public OptionalLong tenantsDoneMicros(double percent) {
        long[] sorted = endMicros.clone();
        Arrays.sort(sorted);
        long end = sorted[Math.clamp((int) Math.ceil(sorted.length * percent / 100) - 1, 0, sorted.length - 1)];
        return end == NEVER ? OptionalLong.empty() : OptionalLong.of(end);
    }

    /** How long so many percent of the people waited at most, from arrival to settled, in milliseconds. */
    public long waitMillis(double percent) {
        return waits.getValueAtPercentile(percent);
    }
}
