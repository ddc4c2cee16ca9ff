package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.LaneGates;
import dev.sluice.engine.quota.LaneGates.PeopleRule;
import dev.sluice.engine.quota.PeopleDay;
import dev.sluice.engine.quota.SlotGate;
import dev.sluice.engine.quota.SlotRequest;
import dev.sluice.engine.scheduling.queue.LaneQueue.Front;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** What limits the calls of a lane, as its channel is configured now. Confined to one event loop. */
final class LaneLimits {
    private final LanePorts ports;
    private final ChannelAdapter adapter;
    private final Runnable whenOpen;
    private ChannelEntry channel;
    private LaneGates gates;
    /** Whether gates are being rebuilt for this lane. */
    private boolean opening;

    /** @param whenOpen after gates that Redis did not know were rebuilt */
    LaneLimits(LanePorts ports, ChannelAdapter adapter, ChannelEntry channel, Runnable whenOpen) {
        this.ports = ports;
        this.adapter = adapter;
        this.whenOpen = whenOpen;
        reconfigure(channel);
    }

    void reconfigure(ChannelEntry changed) {
        channel = changed;
        gates = adapter.gates(changed);
    }

    ChannelEntry channel() {
        return channel;
    }

    /** Whom the platform would drop silently, where it does. */
    Optional<PeopleRule> people() {
        return gates.people();
    }

    /** What every call passes. */
    List<SlotGate> slots() {
        return gates.slots();
    }

    /** Has those of the gates rebuilt that Redis does not know. */
    void open() {
        if (opening) {
            return;
        }
        opening = true;
        Future<Void> people = people().map(rule ->
                        ports.people().warm(new PeopleDay(rule, ports.clock().platformDay())))
                .orElse(Future.succeededFuture());
        Future.join(ports.slots().warm(gates.slots()), people).onComplete(open -> {
            opening = false;
            whenOpen.run();
        });
    }

    /** Most people in any call of the channel. */
    int mostPeoplePerCall() {
        return Math.min(channel.peopleForcedPerCall().orElse(adapter.mostPeoplePerCall()), adapter.mostPeoplePerCall());
    }

    /** Some contents may reach fewer people in a call than others, and a limit may be smaller than a whole call. */
    Front.Batch fitting(Front.Batch batch) {
        int most = Math.min(
                adapter.mostPeople(batch.leader().spec().content()), gates.mostPeoplePerCall(reservePercent(batch)));
        return batch.people() <= most ? batch : new Front.Batch(batch.leader(), most);
    }

    /** What a call for the batch must be granted. */
    List<SlotRequest> requests(Front.Batch batch) {
        return gates.slots().stream()
                .map(gate -> SlotRequest.of(gate, batch.people(), reservePercent(batch)))
                .toList();
    }

    private int reservePercent(Front.Batch batch) {
        return batch.leader().spec().priority() == PriorityClass.BULK ? channel.reservePercent() : 0;
    }
}
