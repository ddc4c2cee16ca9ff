package dev.sluice.engine.scheduling;

import dev.sluice.engine.receipt.DueReceipt;
import dev.sluice.engine.receipt.ReceiptStore;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for the receipts that are due, beside the rounds of ownership: queries wait for gates and platforms, ownership must not. Confined to one event loop. */
final class ReceiptRounds {
    private static final Logger log = LoggerFactory.getLogger(ReceiptRounds.class);
    private static final int RECEIPTS_PER_ROUND = 200;
    /** Half leaves a slow platform's queries waiting for each other, double takes more of the gates at once from deliveries. */
    private static final int RECEIPTS_AT_ONCE = 8;

    /** Half looks twice as often whether the build is another by now, double lets people wait twice as long for what became of them once it is. */
    private static final long ASIDE_MILLIS = 3_600_000;

    private final ReceiptStore store;
    private final LaneReceipts receipts;
    private final LongPredicate answerable;
    /** The lane of a channel; null for one that is not ours (any more). */
    private final LongFunction<Lane> lanes;

    private boolean asking;

    /**
     * @param answerable whether this build can ask what became of a channel's calls
     */
    ReceiptRounds(ReceiptStore store, LaneReceipts receipts, LongPredicate answerable, LongFunction<Lane> lanes) {
        this.store = store;
        this.receipts = receipts;
        this.answerable = answerable;
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
                    warnOfUnanswerable(due);
                    Iterator<DueReceipt> queue = due.iterator();
                    return Future.join(Stream.generate(() -> askNext(queue))
                            .limit(RECEIPTS_AT_ONCE)
                            .toList());
                })
                .onFailure(cause -> log.warn("Asking for receipts failed: {}", cause.getMessage()))
                .onComplete(done -> asking = false);
    }

    private void warnOfUnanswerable(List<DueReceipt> due) {
        List<DueReceipt> aside = due.stream()
                .filter(receipt -> !answerable.test(receipt.channelId()))
                .toList();
        if (!aside.isEmpty()) {
            log.warn(
                    "{} receipts are due through channels whose kind has none in this build, such as channel {}: they wait an hour. Run a build that knows the kind.",
                    aside.size(),
                    aside.getFirst().channelId());
        }
    }

    private Future<Void> askNext(Iterator<DueReceipt> queue) {
        return queue.hasNext() ? ask(queue.next()).compose(done -> askNext(queue)) : Future.succeededFuture();
    }

    /** What cannot be asked moves out of the way of what can, and is kept: another build may know how. */
    private Future<Void> ask(DueReceipt receipt) {
        if (!answerable.test(receipt.channelId())) {
            return store.askLater(receipt, ASIDE_MILLIS);
        }
        Lane lane = lanes.apply(receipt.channelId());
        return lane == null ? Future.succeededFuture() : receipts.ask(lane, receipt);
    }
}
