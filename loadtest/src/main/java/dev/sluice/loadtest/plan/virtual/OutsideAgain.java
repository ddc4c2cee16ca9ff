package dev.sluice.loadtest.plan.virtual;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.ObjLongConsumer;

/** Submissions that made room for more urgent ones: those of their people who have not gone yet, as the engine reads them again from Postgres. */
final class OutsideAgain implements Flow {
    private final PriorityQueue<Stock.Order> orders;

    /** @param comparator in which order they come back */
    OutsideAgain(Comparator<Stock.Order> comparator) {
        this.orders = new PriorityQueue<>(comparator);
    }

    void add(Stock stock) {
        if (stock.readyCount() > 0) {
            orders.add(stock.rest());
        }
    }

    @Override
    public long nextMicros() {
        return peek().map(Stock.Order::arrivedMicros).orElse(Long.MAX_VALUE);
    }

    @Override
    public Optional<Stock.Order> peek() {
        return Optional.ofNullable(orders.peek());
    }

    @Override
    public void advance() {
        orders.poll();
    }

    @Override
    public void tellRest(ObjLongConsumer<Stock.Order> told) {
        orders.forEach(order -> told.accept(order, order.people()));
        orders.clear();
    }
}
