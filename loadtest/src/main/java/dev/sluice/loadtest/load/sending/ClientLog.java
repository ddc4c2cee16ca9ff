package dev.sluice.loadtest.load.sending;

import dev.sluice.loadtest.scenario.LoadKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What was asked and answered, and how long it took from the intended start. Safe for any thread; grows with the run. */
public final class ClientLog {
    private static final int DIGITS = 3;

    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, Instant> cancelled = new HashMap<>();
    private final LongAdder offered = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder otherwise = new LongAdder();
    private final Map<LoadKind, Recorder> recent = new EnumMap<>(LoadKind.class);
    private final Recorder whole = new Recorder(DIGITS);

    public ClientLog() {
        for (LoadKind kind : LoadKind.values()) {
            recent.put(kind, new Recorder(DIGITS));
        }
    }

    /** The time of so many people has come. */
    void offered(int people) {
        offered.add(people);
    }

    /** A request ended. */
    void ended(Sent request, long tookNanos) {
        found(request);
        if (request.accepted()) {
            recent.get(request.load().kind()).recordValue(Math.max(0, tookNanos));
            if (request.load().kind().hasRate()) {
                whole.recordValue(Math.max(0, tookNanos));
            }
        }
    }

    /** It was found out later how one ended that was not answered: it has no time. */
    void found(Sent request) {
        synchronized (sent) {
            sent.add(request);
        }
        (request.accepted() ? accepted : refused).add(request.people());
    }

    /** A request that had been accepted was sent again, and answered. */
    void repeated(boolean same) {
        repeated.increment();
        if (!same) {
            otherwise.increment();
        }
    }

    /** A campaign is cancelled since then; {@link Instant#MAX} where nobody knows whether it is. */
    void cancelled(String id, Instant since) {
        synchronized (cancelled) {
            cancelled.put(id, since);
        }
    }

    /** Since when campaigns are cancelled, by id; {@link Instant#MAX} where nobody knows whether they are. */
    public Map<String, Instant> cancelled() {
        synchronized (cancelled) {
            return Map.copyOf(cancelled);
        }
    }

    /** How often such a request was answered. */
    public long repeated() {
        return repeated.sum();
    }

    /** Of them, those that were answered otherwise than the first time. */
    public long otherwise() {
        return otherwise.sum();
    }

    /** People whose time had come so far. */
    public long offered() {
        return offered.sum();
    }

    /** People who were accepted so far. */
    public long accepted() {
        return accepted.sum();
    }

    /** People who were refused, or whose request got no answer. */
    public long refused() {
        return refused.sum();
    }

    /** Nanoseconds from intended start to 202 of one kind of load, since the last call; for one reader. */
    public Histogram recent(LoadKind kind) {
        return recent.get(kind).getIntervalHistogram();
    }

    /** The same of all requests, since the last call; for one reader. */
    public Histogram requests() {
        return whole.getIntervalHistogram();
    }

    /** Everything that ended. */
    public List<Sent> all() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }
}
