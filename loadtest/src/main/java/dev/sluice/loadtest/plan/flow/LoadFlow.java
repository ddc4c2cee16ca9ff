package dev.sluice.loadtest.plan.flow;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.loadtest.plan.virtual.Flow;
import dev.sluice.loadtest.plan.virtual.Stock;
import dev.sluice.loadtest.scenario.Contents;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;

/** A load's part for one lane: gives its submissions in the order of their arrival, and keeps the next one only. */
final class LoadFlow implements Flow {
    private final Steps steps;
    private final Shape shape;
    private final Predicate<Stock.Order> taken;
    private Optional<Stock.Order> head;

    /**
     * What its submissions have in common.
     *
     * @param load number of the load
     * @param tenant number of the tenant in its group
     * @param priority class
     * @param deliverWithinMillis after the arrival; 0: no deadline
     * @param cancelAfterMillis after the arrival; 0: never
     * @param contents which contents they take in turn
     * @param repeats whether anybody may get one of them again, of this load or of another
     */
    record Shape(
            int load,
            int tenant,
            PriorityClass priority,
            long deliverWithinMillis,
            long cancelAfterMillis,
            Contents contents,
            boolean repeats) {}

    /**
     * An arrival.
     *
     * @param micros when
     * @param content number of the content
     * @param firstPerson number of the first person
     * @param people how many
     */
    record Step(long micros, long content, int firstPerson, int people) {}

    /** Arrivals in order; empty after the last. */
    interface Steps {
        Optional<Step> next();
    }

    private final long startMillis;

    /** @param taken whether the engine takes a submission; one that it does not never arrives */
    LoadFlow(long startMillis, Shape shape, Steps steps, Predicate<Stock.Order> taken) {
        this.startMillis = startMillis;
        this.shape = shape;
        this.steps = steps;
        this.taken = taken;
        advance();
    }

    @Override
    public long nextMicros() {
        return head.map(Stock.Order::arrivedMicros).orElse(Long.MAX_VALUE);
    }

    @Override
    public Optional<Stock.Order> peek() {
        return head;
    }

    @Override
    public void advance() {
        do {
            head = steps.next().map(this::order);
        } while (head.isPresent() && !taken.test(head.get()));
    }

    /** Makes no order of any but the first: the name of its content would be most of the work. */
    @Override
    public void tellRest(ObjLongConsumer<Stock.Order> told) {
        head.ifPresent(first -> told.accept(first, first.people() + peopleOfRest()));
        head = Optional.empty();
    }

    private long peopleOfRest() {
        long people = 0;
        for (Optional<Step> rest = steps.next(); rest.isPresent(); rest = steps.next()) {
            people += rest.get().people();
        }
        return people;
    }

    private Stock.Order order(Step step) {
        return new Stock.Order(
                shape.load(),
                shape.tenant(),
                step.micros(),
                shape.priority(),
                wallMillis(step, shape.deliverWithinMillis()),
                wallMillis(step, shape.cancelAfterMillis()),
                hash(step.content()),
                shape.repeats(),
                step.firstPerson(),
                step.people());
    }

    /** So long after an arrival; 0: never. */
    private long wallMillis(Step step, long afterMillis) {
        return afterMillis == 0 ? Long.MAX_VALUE : startMillis + step.micros() / 1_000 + afterMillis;
    }

    private UUID hash(long content) {
        String text = shape.contents().name() + "#" + shape.contents().number(content);
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
