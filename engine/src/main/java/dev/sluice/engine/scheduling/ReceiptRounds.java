package dev.sluice.engine.scheduling;

import dev.sluice.engine.receipt.DueReceipt;
import dev.sluice.engine.receipt.ReceiptStore;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Iterator;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for the receipts that are due, beside the rounds of ownership: queries wait for gates and platforms, ownership must not. Confined to one event loop. */
final class ReceiptRounds {
    private static final Logger log = LoggerFactory.getLogger(ReceiptRounds.class);
    private static final int RECEIPTS_PER_ROUND = 200;
    /** Half leaves a slow platform's queries waiting for each other, double takes more of the gates at once from deliveries. */
    private static final int RECEIPTS_AT_ONCE = 8;

    private final ReceiptStore store;
    private final LaneReceipts receipts;
    /** The lane of a channel; null for one that is not ours (any more). */
    private final LongFunction<Lane> lanes;

    private boolean asking;

    ReceiptRounds(ReceiptStore store, LaneReceipts receipts, LongFunction<Lane> lanes) {
        this.store = store;
        this.receipts = receipts;
        this.lanes = lanes;
    }

    /** Asks what is due of these apps; nothing while the last round goes on. */
    void ask(Collection<Long> appIds) {
        if (appIds.isEmpty() || asking) {
            return;
        }
        asking = true;
        store.due(appIds, RECEIPTS_PER_ROUND)
                .compose(due -> {
                    Iterator<DueReceipt> queue = due.iterator();
                    return Future.join(Stream.generate(() -> askNext(queue))
                            .limit(RECEIPTS_AT_ONCE)
                            .toList());
                })
                .onFailure(cause -> log.warn("Asking for receipts failed: {}", cause.getMessage()))
                .onComplete(done -> asking = false);
    }

    private Future<Void> askNext(Iterator<DueReceipt> queue) {
        if (!queue.hasNext()) {
            return Future.succeededFuture();
        }
        DueReceipt receipt = queue.next();
        Lane lane = lanes.apply(receipt.channelId());
        Future<Void> asked = lane == null ? Future.succeededFuture() : receipts.ask(lane, receipt);
        return asked.compose(done -> askNext(queue));
    }
}
