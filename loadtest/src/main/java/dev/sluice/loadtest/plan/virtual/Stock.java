package dev.sluice.loadtest.plan.virtual;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.scheduling.queue.ServiceOrder;
import java.util.UUID;

/** The waiting people of one submission, as a count: they have consecutive numbers and go in that order. */
public final class Stock extends ServiceOrder.Served {
    private final Order order;
    private int next;
    private int inFlight;

    /**
     * What was asked for.
     *
     * @param load number of the load that it belongs to
     * @param tenant number of its tenant in the group
     * @param arrivedMicros when it became durable
     * @param priority class
     * @param deliverByMillis wall time, {@link Long#MAX_VALUE} for none
     * @param cancelledAtMillis wall time at which somebody cancels it, {@link Long#MAX_VALUE} for never
     * @param contentHash names the content; {@link MemoryPeople#UNIQUE} is never one
     * @param repeats whether anybody may get the same content again
     * @param firstPerson number of the first
     * @param people how many
     */
    public record Order(
            int load,
            int tenant,
            long arrivedMicros,
            PriorityClass priority,
            long deliverByMillis,
            long cancelledAtMillis,
            UUID contentHash,
            boolean repeats,
            int firstPerson,
            int people) {
        /** When whoever has not gone yet goes no more, {@link Long#MAX_VALUE} for never. */
        long endMillis() {
            return Math.min(deliverByMillis, cancelledAtMillis);
        }

        /** Whether it ends so because it is cancelled. */
        boolean endsCancelled() {
            return cancelledAtMillis < deliverByMillis;
        }
    }

    Stock(long id, Order order) {
        super(id, order.priority(), order.deliverByMillis(), order.contentHash());
        this.order = order;
        this.next = order.firstPerson();
    }

    /** What was asked for. */
    public Order order() {
        return order;
    }

    @Override
    protected int readyCount() {
        return order.firstPerson() + order.people() - next;
    }

    /** The first so many of them go. */
    Portion take(int people) {
        next += people;
        inFlight += people;
        return new Portion(this, next - people, people);
    }

    /** What was asked for, of those who have not gone yet. */
    Order rest() {
        return new Order(
                order.load(),
                order.tenant(),
                order.arrivedMicros(),
                order.priority(),
                order.deliverByMillis(),
                order.cancelledAtMillis(),
                order.contentHash(),
                order.repeats(),
                next,
                readyCount());
    }

    /** They did not go after all. */
    void putBack(Portion portion) {
        next -= portion.people();
        inFlight -= portion.people();
    }

    /** They are settled, in whichever way. */
    void settled(int people) {
        inFlight -= people;
    }

    boolean isDone() {
        return readyCount() == 0 && inFlight == 0;
    }

    /**
     * People of one submission in one call.
     *
     * @param of whose
     * @param firstPerson number of the first
     * @param people how many
     */
    record Portion(Stock of, int firstPerson, int people) {}
}
