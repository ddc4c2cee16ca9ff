package dev.sluice.engine.settling;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.recovery.CrashPoint;
import dev.sluice.engine.recovery.CrashPoints;
import dev.sluice.engine.store.GroupWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles in groups and does not give up: what a platform answered is written again and again until it is durable, since writing it twice changes nothing.
 * Bounded by its callers: a call stays in flight until it is settled, so a database that is away stops sending. Confined to one event loop.
 */
public final class Settler {
    private static final Logger log = LoggerFactory.getLogger(Settler.class);
    /** Half would hammer a database that is coming back; double would keep slots in flight longer than needed. */
    private static final long RETRY_MILLIS = 500;
    /** Calls settled in one statement. Half costs more commits under load; double makes the first of a group wait longer. */
    private static final int MOST_IN_GROUP = 512;

    /**
     * Deliveries of one statement, as many as the largest calls of a full group have: hundreds of campaigns that end in one moment, a page of each, would else be half a
     * million, and where that takes longer than a statement may, it would be tried again for ever.
     */
    private static final int MOST_CHANGES = 50_000;

    private static final int MOST_WRITES = 2;

    private final CrashPoints crashes;
    private final ObjIntConsumer<DeliveryState> counter;
    private final GroupWriter<Settlement, Boolean> writer;

    /**
     * @param store where it is written
     * @param crashes told before and after each write
     * @param counter told how many deliveries came to a state, once that is durable; not of those that wait again
     */
    public Settler(Vertx vertx, SettleStore store, CrashPoints crashes, ObjIntConsumer<DeliveryState> counter) {
        this.crashes = crashes;
        this.counter = counter;
        this.writer = new GroupWriter<>(
                vertx,
                MOST_IN_GROUP,
                MOST_WRITES,
                settlement -> settlement.changes().size(),
                MOST_CHANGES,
                group -> write(store, group));
    }

    /**
     * Completes when the settlement is durable, or void because the lease it was made under is gone.
     *
     * @return whether its calls ended with it; false when somebody had ended one before, or when it was written twice for want of an answer
     */
    public Future<Boolean> settle(Settlement settlement) {
        return writer.addUntilWritten(settlement, RETRY_MILLIS);
    }

    /** Settlements that wait for a write to end. */
    public int waiting() {
        return writer.waiting();
    }

    private Future<List<Boolean>> write(SettleStore store, List<Settlement> group) {
        int asked = group.stream().mapToInt(one -> one.changes().size()).sum();
        crashes.reached(CrashPoint.RECORD_BEFORE);
        return store.settle(group)
                .onFailure(
                        cause -> log.warn("Settling {} deliveries failed, trying again: {}", asked, cause.getMessage()))
                .map(settled -> {
                    crashes.reached(CrashPoint.RECORD_AFTER);
                    count(group, settled.endedCalls());
                    if (settled.changed() != asked) {
                        log.warn(
                                "Of {} deliveries only {} changed: the others had moved on or their lease is lost",
                                asked,
                                settled.changed());
                    }
                    return group.stream()
                            .map(one -> one.answers().stream()
                                    .allMatch(answer -> settled.endedCalls().contains(answer.callId())))
                            .toList();
                });
    }

    /** Whatever its lease or its call did not let change is not counted, but for the rare one whose lease was lost meanwhile. */
    private void count(List<Settlement> group, Set<Long> endedCalls) {
        int[] people = new int[DeliveryState.values().length];
        for (Settlement one : group) {
            for (DeliveryChange change : one.changes()) {
                if (change.fenceCallId() == 0 || endedCalls.contains(change.fenceCallId())) {
                    people[change.to().code()]++;
                }
            }
        }
        for (DeliveryState state : DeliveryState.values()) {
            if (state != DeliveryState.WAITING && people[state.code()] > 0) {
                counter.accept(state, people[state.code()]);
            }
        }
    }
}
