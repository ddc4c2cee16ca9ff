package dev.sluice.engine.scheduling.queue;

import dev.sluice.engine.model.DeliveryKey;
import java.util.HashSet;
import java.util.Set;

/**
 * Deliveries that a call names: in flight, or in doubt from before we owned the app. Who waits in Postgres and is among them must not be sent to.
 *
 * <p>Rows that are on their way from Postgres may be older than what has become of them meanwhile, so whoever leaves during a read counts until that read has ended.
 * Confined to one event loop.
 */
public final class TravellingDeliveries {
    private final Set<DeliveryKey> travelling = new HashSet<>();
    private final Set<DeliveryKey> leftDuringRead = new HashSet<>();
    private boolean reading;

    /** A call names it from now on. */
    public void add(DeliveryKey key) {
        travelling.add(key);
    }

    /** Its call has ended, durably, or will not be made. */
    public void remove(DeliveryKey key) {
        if (travelling.remove(key) && reading) {
            leftDuringRead.add(key);
        }
    }

    /** Rows are read from Postgres, one read at a time. */
    public void readBegins() {
        reading = true;
    }

    /** They were used. */
    public void readEnds() {
        reading = false;
        leftDuringRead.clear();
    }

    /** Whether a call names it, or did when the present read began. */
    public boolean contains(DeliveryKey key) {
        return travelling.contains(key) || leftDuringRead.contains(key);
    }
}
