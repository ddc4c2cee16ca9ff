package dev.sluice.loadtest.plan.virtual;

import dev.sluice.engine.scheduling.LaneQueue;
import dev.sluice.engine.scheduling.ServiceOrder;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/** The bounded window of submissions that a lane keeps in order; the rest waits in its flows, as in the engine it waits in Postgres, and costs no memory. */
final class LaneWindow {
    private static final Comparator<Stock.Order> AS_THE_STORE_GIVES_THEM = Comparator.comparingInt(
                    (Stock.Order one) -> one.priority().code())
            .thenComparingLong(Stock.Order::deliverByMillis)
            .thenComparingLong(Stock.Order::arrivedMicros);

    private final List<Flow> flows;
    private final ServiceOrder<Stock> order;
    private final Set<Stock> inside = new LinkedHashSet<>();
    private boolean moreOutside;
    private long taken;

    LaneWindow(List<Flow> flows, ServiceOrder<Stock> order) {
        this.flows = flows;
        this.order = order;
    }

    /** Takes in what arrived. When the window was full, not before half of it is empty, as the engine looks again. */
    void fill(long nowMicros) {
        if (moreOutside && inside.size() > LaneQueue.MOST_SUBMISSIONS / 2) {
            return;
        }
        moreOutside = false;
        Optional<Flow> next = next(nowMicros);
        while (next.isPresent()) {
            if (inside.size() == LaneQueue.MOST_SUBMISSIONS) {
                moreOutside = true;
                return;
            }
            Stock stock = new Stock(++taken, next.get().peek().orElseThrow(), order.virtualNow());
            next.get().advance();
            inside.add(stock);
            order.list(stock);
            next = next(nowMicros);
        }
    }

    /** When something arrives that the window has room for. */
    long nextArrivalMicros() {
        return moreOutside
                ? Long.MAX_VALUE
                : flows.stream().mapToLong(Flow::nextMicros).min().orElse(Long.MAX_VALUE);
    }

    void forget(Stock stock) {
        inside.remove(stock);
    }

    /** So many of a submission are settled; one of which nobody is left is forgotten. */
    void settled(Stock stock, int people) {
        stock.settled(people);
        if (stock.isDone()) {
            inside.remove(stock);
        }
    }

    /** Tells who still waits: of each submission in the window, and with the next one of each flow all that are outside. */
    void tellWaiting(ObjLongConsumer<Stock.Order> told) {
        inside.stream()
                .filter(stock -> stock.readyCount() > 0)
                .forEach(stock -> told.accept(stock.order(), stock.readyCount()));
        for (Flow flow : flows) {
            flow.peek().ifPresent(next -> told.accept(next, flow.takeRest()));
        }
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
