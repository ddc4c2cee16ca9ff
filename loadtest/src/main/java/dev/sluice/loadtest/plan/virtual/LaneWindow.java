package dev.sluice.loadtest.plan.virtual;

import dev.sluice.engine.scheduling.queue.LaneQueue;
import dev.sluice.engine.scheduling.queue.ServiceOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;

/** The bounded window of submissions that a lane keeps in order; the rest waits in its flows, as in the engine it waits in Postgres, and costs no memory. */
final class LaneWindow {
    private static final Comparator<Stock.Order> URGENCY =
            Comparator.comparing(Stock.Order::priority).thenComparingLong(Stock.Order::deliverByMillis);
    private static final Comparator<Stock.Order> AS_THE_STORE_GIVES_THEM =
            URGENCY.thenComparingLong(Stock.Order::arrivedMicros);

    private final OutsideAgain outsideAgain = new OutsideAgain(AS_THE_STORE_GIVES_THEM);
    private final List<Flow> flows;
    private final ServiceOrder<Stock> order;
    /** The least urgent last. */
    private final TreeSet<Stock> inside =
            new TreeSet<>(Comparator.comparing(Stock::order, URGENCY).thenComparingLong(Stock::id));

    /** Those of them that have a deadline or are cancelled, the first to end first. */
    private final TreeSet<Stock> byEnd = new TreeSet<>(
            Comparator.comparingLong((Stock stock) -> stock.order().endMillis()).thenComparingLong(Stock::id));

    private boolean moreOutside;
    private long taken;

    LaneWindow(List<Flow> flows, ServiceOrder<Stock> order) {
        this.flows = Stream.concat(flows.stream(), Stream.of(outsideAgain)).toList();
        this.order = order;
    }

    /**
     * Takes in what arrived. When the window was full, only what is more urgent than the least urgent in it, which makes room, until half of it is empty: then the
     * engine looks again for all.
     */
    void fill(long nowMicros) {
        moreOutside &= inside.size() > LaneQueue.MOST_SUBMISSIONS / 2;
        Optional<Flow> next = next(nowMicros);
        while (next.isPresent() && isWelcome(next.get().peek().orElseThrow())) {
            enter(next.get());
            next = next(nowMicros);
        }
        moreOutside |= next.isPresent();
    }

    private boolean isWelcome(Stock.Order newcomer) {
        boolean open = !moreOutside && inside.size() < LaneQueue.MOST_SUBMISSIONS;
        return open
                || inside.isEmpty()
                || URGENCY.compare(newcomer, inside.last().order()) < 0;
    }

    private void enter(Flow from) {
        Stock stock = new Stock(++taken, from.peek().orElseThrow());
        from.advance();
        if (inside.size() == LaneQueue.MOST_SUBMISSIONS) {
            Stock leastUrgent = inside.last();
            drop(leastUrgent);
            outsideAgain.add(leastUrgent);
        }
        inside.add(stock);
        order.join(stock);
        if (stock.order().endMillis() != Long.MAX_VALUE) {
            byEnd.add(stock);
        }
        order.list(stock);
    }

    /** One that is too late or cancelled by now, whatever holds the lane; empty when none is. */
    Optional<Stock> ended(long nowMillis) {
        return nextEndMillis() <= nowMillis ? Optional.of(byEnd.first()) : Optional.empty();
    }

    /** When one will be too late or cancelled next; {@link Long#MAX_VALUE} when none ever is. */
    long nextEndMillis() {
        return byEnd.isEmpty() ? Long.MAX_VALUE : byEnd.first().order().endMillis();
    }

    /** When something arrives that the window has room for. */
    long nextArrivalMicros() {
        return flows.stream()
                .filter(flow -> flow.peek().filter(this::isWelcome).isPresent())
                .mapToLong(Flow::nextMicros)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** It makes room, or has ended: whoever of it is under way goes on. */
    void drop(Stock stock) {
        order.unlist(stock);
        forget(stock);
    }

    private void forget(Stock stock) {
        if (inside.remove(stock)) {
            byEnd.remove(stock);
            order.leave(stock);
        }
    }

    /** So many of a submission are settled; one of which nobody is left is forgotten. */
    void settled(Stock stock, int people) {
        stock.settled(people);
        if (stock.isDone()) {
            forget(stock);
        }
    }

    /** Tells who still waits, in the window and outside. */
    void tellWaiting(ObjLongConsumer<Stock.Order> told) {
        inside.stream()
                .filter(stock -> stock.readyCount() > 0)
                .forEach(stock -> told.accept(stock.order(), stock.readyCount()));
        flows.forEach(flow -> flow.tellRest(told));
    }

    private Optional<Flow> next(long nowMicros) {
        Flow best = null;
        for (Flow flow : flows) {
            if (flow.nextMicros() <= nowMicros
                    && (best == null
                            || AS_THE_STORE_GIVES_THEM.compare(
                                            flow.peek().orElseThrow(),
                                            best.peek().orElseThrow())
                                    < 0)) {
                best = flow;
            }
        }
        return Optional.ofNullable(best);
    }
}
