package dev.sluice.engine.scheduling;

import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.model.Purpose;
import dev.sluice.engine.recovery.DoubtfulCall;
import dev.sluice.engine.recovery.DoubtfulCall.Traveller;
import dev.sluice.engine.scheduling.doubt.Doubt;
import dev.sluice.engine.scheduling.doubt.DoubtAnswers;
import dev.sluice.engine.scheduling.doubt.DoubtQueue;
import dev.sluice.engine.scheduling.doubt.DoubtStep;
import dev.sluice.engine.scheduling.queue.Pending;
import dev.sluice.engine.settling.CallAnswer;
import dev.sluice.engine.settling.DeliveryChange;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The doubtful calls of a lane and how their doubt ends: by a byte-identical resend that the platform recognises, by evidence, or in the hands of a person.
 * Nothing is done before the doubtful request surely is over. Confined to the lane's event loop.
 */
final class LaneDoubts {
    private static final Logger log = LoggerFactory.getLogger(LaneDoubts.class);
    /** How often a doubt asks whether its lane may send again. */
    private static final long HELD_MILLIS = 1_000;

    private final LanePorts ports;
    private final Lane lane;
    private final DoubtQueue queue = new DoubtQueue();
    private final DoubtResends resends;

    LaneDoubts(LanePorts ports, Lane lane) {
        this.ports = ports;
        this.lane = lane;
        this.resends = new DoubtResends(ports, lane, this);
    }

    // ---- which calls

    /** A call of this lane got no answer; its deliveries are in doubt in the database. */
    void add(long callId, List<Pending> batch) {
        queue.add(new Doubt(unanswered(lane.channel(), lane.epoch(), callId, batch), after(arrivedMillis())));
    }

    /** It was made when its id was: until its doubt is durable an outage may pass, and with it the day on which the platform recognises a repeat. Pure. */
    static DoubtfulCall unanswered(ChannelEntry channel, long epoch, long callId, List<Pending> batch) {
        return new DoubtfulCall(
                channel.tenantId(),
                callId,
                channel.id(),
                Purpose.SEND,
                CallState.UNKNOWN,
                epoch,
                0,
                IdSequence.instantOf(callId).toEpochMilli(),
                batch.stream()
                        .map(one -> new Traveller(one.key(), one.recipient(), one.attempts() + 1))
                        .toList(),
                batch.get(0).work().spec().content());
    }

    /** What an earlier owner of the app left behind. A call of this epoch is ours and in flight. */
    void adopt(DoubtfulCall call) {
        if (!queue.has(call.callId())) {
            queue.add(new Doubt(call, after(Math.max(0, arrivedMillis() - call.ageMillis()))));
            call.travellers().forEach(one -> lane.travelling.add(one.key()));
        }
    }

    /** The doubtful calls that this lane takes care of. */
    Set<Long> callIds() {
        return queue.callIds();
    }

    // ---- their steps

    /** Does what is due. */
    void tick() {
        for (Doubt doubt : queue.due(after(0))) {
            doubt.start();
            step(doubt, ports.clock().millis());
        }
    }

    /** A time so long after now, of the clock that nobody sets: a request is over when that much time has passed. */
    private long after(long millis) {
        return ports.clock().monotonicMillis() + millis;
    }

    private void step(Doubt doubt, long nowMillis) {
        switch (DoubtStep.of(
                doubt.call(),
                doubt.resends(),
                lane.adapter().doubt(),
                lane.channel().onDoubt(),
                nowMillis)) {
            case RESOLVE -> settle(List.of(DoubtAnswers.resolved(doubt.call())), List.of(), () -> end(doubt));
            case PUT_IN_DOUBT -> putInDoubt(doubt);
            case RETRY -> retry(doubt);
            case RESEND -> resend(doubt);
        }
    }

    private void putInDoubt(Doubt doubt) {
        // Its owner may have recorded an answer after all, so what is true now is read again.
        settle(List.of(DoubtAnswers.unknown(doubt.call())), DoubtAnswers.putInDoubt(doubt.call()), () -> {
            end(doubt);
            lane.readUnresolved();
        });
    }

    private void retry(Doubt doubt) {
        settle(List.of(DoubtAnswers.resolved(doubt.call())), DoubtAnswers.waitAgain(doubt.call()), () -> {
            end(doubt);
            lane.feeder()
                    .reopen(doubt.call().travellers().stream()
                            .map(one -> one.key().submissionId())
                            .collect(Collectors.toSet()));
        });
    }

    private void resend(Doubt doubt) {
        if (!queue.hasRoomForResend()) {
            later(doubt, 0);
        } else if (lane.mayResend()) {
            lane.circuit.started();
            doubt.startResend();
            resends.resend(doubt);
        } else {
            later(doubt, HELD_MILLIS);
        }
    }

    // ---- what the query of an accepted resend says

    /** Who has it: the doubt is over, and this resolves its call. */
    List<CallAnswer> resolvedByReceipt(long doubtfulCallId) {
        Doubt doubt = queue.get(doubtfulCallId);
        return List.of(
                doubt == null
                        ? DoubtAnswers.resolved(lane.channel().tenantId(), doubtfulCallId)
                        : DoubtAnswers.resolved(doubt.call()));
    }

    /** That is durable now. */
    void forget(long doubtfulCallId) {
        Doubt doubt = queue.get(doubtfulCallId);
        if (doubt != null) {
            end(doubt);
        }
    }

    /** Nothing, and it will not. */
    void noReceipt(long doubtfulCallId) {
        Doubt doubt = queue.get(doubtfulCallId);
        if (doubt != null) {
            doubt.noReceipt();
        }
    }

    // ---- what every step ends with

    /** How long a request may still be on its way after its intent. */
    long arrivedMillis() {
        return ports.settings().timing().arrivedMillis();
    }

    /** Makes it durable; then the next ones may go. */
    void settle(List<CallAnswer> answers, List<DeliveryChange> changes, Runnable then) {
        lane.settle(answers, changes, List.of()).onSuccess(done -> {
            then.run();
            tick();
            lane.pump();
        });
    }

    /** Its next step comes after so long. */
    void later(Doubt doubt, long waitMillis) {
        doubt.waitUntil(after(waitMillis));
    }

    /** It is in doubt no more. */
    void end(Doubt doubt) {
        queue.remove(doubt.call().callId());
        doubt.call().travellers().forEach(one -> lane.travelling.remove(one.key()));
        log.debug("Call {} is in doubt no more", doubt.call().callId());
    }
}
