package dev.sluice.engine.scheduling;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotGate;
import dev.sluice.engine.quota.SlotGates;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.quota.SlotRequest;
import dev.sluice.engine.quota.SlotsInLine;
import dev.sluice.engine.settling.CallIntent;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The way out for calls that are not batches: resends and queries. They pass the same gates and are as durable before they leave. */
final class SideCall {
    /** When somebody may try again who could not go at midnight, at the earliest. */
    private static final long AGAIN_MILLIS = 1_000;

    private final LanePorts ports;
    private final SlotGates slots;

    SideCall(LanePorts ports) {
        this.ports = ports;
        this.slots = new SlotsInLine(ports.vertx(), ports.slots(), ports.lines(), PriorityClass.TRANSACTIONAL);
    }

    /** What came of trying. */
    sealed interface Left<R> {
        /**
         * It left (or at least its intent is durable).
         *
         * @param permit its slots, to be settled or released by the caller
         * @param result what the call gave
         */
        record Yes<R>(Optional<SlotPermit> permit, R result) implements Left<R> {}

        /**
         * It did not; nothing is held.
         *
         * @param reason for people
         * @param waitMillis when to try again
         */
        record No<R>(String reason, long waitMillis) implements Left<R> {}
    }

    /**
     * @param lane whose call it is
     * @param people how many people it reaches, for gates that count them
     * @param call makes the call, given its slots
     */
    <R> Future<Left<R>> run(
            Lane lane,
            List<SlotGate> gates,
            int people,
            CallIntent intent,
            Function<Optional<SlotPermit>, Future<R>> call) {
        LocalDate decidedOn = ports.clock().platformDay();
        if (gates.isEmpty()) {
            return intend(lane, decidedOn, Optional.empty(), intent, call);
        }
        List<SlotRequest> requests = gates.stream()
                .map(gate -> new SlotRequest(gate, units(gate, people), gate.capacity()))
                .toList();
        return slots.take(Long.toString(intent.callId()), requests).compose(answer -> switch (answer) {
            case SlotAnswer.Granted granted -> intend(lane, decidedOn, Optional.of(granted.permit()), intent, call);
            case SlotAnswer.NotBefore later ->
                Future.succeededFuture(new Left.No<>(later.gate().label(), later.askAgainMillis()));
            case SlotAnswer.Unavailable unavailable ->
                Future.succeededFuture(new Left.No<>(unavailable.reason(), unavailable.waitMillis()));
        });
    }

    /** A resend carries the people of its call even where the limit has become smaller than that: then it takes all there is. */
    private static int units(SlotGate gate, int people) {
        return gate.countsPeople() ? (int) Math.min(gate.capacity(), Math.max(1, people)) : 1;
    }

    private <R> Future<Left<R>> intend(
            Lane lane,
            LocalDate decidedOn,
            Optional<SlotPermit> permit,
            CallIntent intent,
            Function<Optional<SlotPermit>, Future<R>> call) {
        Instant now = ports.clock().now();
        Optional<Instant> edge = ports.edge().dayHold(decidedOn, now);
        if (edge.isPresent()) {
            return no(
                    lane,
                    permit,
                    "the platform's midnight",
                    Math.max(AGAIN_MILLIS, edge.get().toEpochMilli() - now.toEpochMilli()));
        }
        return ports.intents().commit(intent).compose(answer -> switch (answer) {
            case CallIntent.Answer.Committed committed ->
                call.apply(permit).map(result -> new Left.Yes<>(permit, result));
            case CallIntent.Answer.Fenced fenced -> no(lane, permit, "another node owns the app", 60_000);
            case CallIntent.Answer.MonthSpent spent -> no(lane, permit, spent.reason(), 30_000);
            case CallIntent.Answer.Withdrawn withdrawn -> no(lane, permit, withdrawn.reason(), 2_000);
        });
    }

    private static <R> Future<Left<R>> no(Lane lane, Optional<SlotPermit> permit, String reason, long waitMillis) {
        permit.ifPresent(lane.calls()::release);
        return Future.succeededFuture(new Left.No<>(reason, waitMillis));
    }
}
