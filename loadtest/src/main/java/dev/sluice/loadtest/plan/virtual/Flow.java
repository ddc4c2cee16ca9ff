package dev.sluice.loadtest.plan.virtual;

import java.util.Optional;
import java.util.function.ObjLongConsumer;

/** Where submissions of one lane come from: it knows when the next one arrives, and makes none before it is asked for. */
public interface Flow {
    /** When the next submission arrives; {@link Long#MAX_VALUE} when no more do. */
    long nextMicros();

    /** What arrives then; empty when no more do. */
    Optional<Stock.Order> peek();

    /** Goes on to the one after it. */
    void advance();

    /** Takes all that is left, however much, and tells how many people it is for; of many submissions of one load the first stands for all. */
    void tellRest(ObjLongConsumer<Stock.Order> told);
}
