package dev.sluice.engine.sending;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;

/** What becomes of one delivery after a call. */
public sealed interface Verdict {
    /**
     * It ends, or stands in doubt.
     *
     * @param state where
     * @param disposition why, null for a plain success
     */
    record End(DeliveryState state, Disposition disposition) implements Verdict {}

    /**
     * It goes again later and the attempt counts.
     *
     * @param delayMillis how much later
     */
    record Retry(long delayMillis) implements Verdict {}

    /**
     * It goes again as soon as its gates let it; the attempt does not count against it.
     *
     * @param mostCompany most people that it may travel with from now on
     */
    record Again(int mostCompany) implements Verdict {}
}
