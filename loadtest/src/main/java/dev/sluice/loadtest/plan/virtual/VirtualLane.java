package dev.sluice.loadtest.plan.virtual;

import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.channel.TokenProtocol;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.CalendarEdge;
import dev.sluice.engine.quota.LaneGates;
import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.quota.SlotRequest;
import dev.sluice.engine.scheduling.hold.Hold;
import dev.sluice.engine.scheduling.hold.LaneHolds;
import dev.sluice.engine.scheduling.hold.LanePlaces;
import dev.sluice.engine.scheduling.hold.LaneRules;
import dev.sluice.engine.scheduling.queue.ServiceOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/**
 * A lane of the engine in virtual time: the same order of service, holds, rules and questions at the gates, in the same steps; what the engine waits for
 * (Redis, Postgres, the platform) is a time here.
 */
public final class VirtualLane {
    private static final String IN_FLIGHT = "calls in flight";

    private final VirtualWorld world;
    private final VirtualNode node;
    private final ChannelEntry channel;
    private final ChannelAdapter adapter;
    private final LaneGates gates;
    private final int mostPeople;
    private final int mostCallsInFlight;
    private final Optional<MonthBook> book;
    private final ServiceOrder<Stock> order = new ServiceOrder<>();
    private final LaneHolds holds = new LaneHolds();
    private final LanePlaces places;
    private final LaneWindow window;
    private final LaneReceiptCalls receipts;
    private final LaneToken token;

    private int callsInFlight;
    private boolean asking;
    private long wakeAtMicros = Long.MAX_VALUE;
    private String heldBy;
    private long heldSinceMicros;

    /**
     * What a lane is made of.
     *
     * @param channel as the engine's directory would have it
     * @param adapter its kind
     * @param tokens how its app's access token is asked for
     * @param mostPeople most people in a call; above what the adapter says where a call names departments
     * @param mostCallsInFlight most calls without an answer
     * @param book the month of its organisation; empty without limit
     * @param flows where its submissions come from
     */
    public record Make(
            ChannelEntry channel,
            ChannelAdapter adapter,
            TokenProtocol tokens,
            int mostPeople,
            int mostCallsInFlight,
            Optional<MonthBook> book,
            List<Flow> flows) {}

    /** A lane on a node; {@link #goOn} sets it going. */
    public VirtualLane(VirtualWorld world, VirtualNode node, Make make) {
        this.world = world;
        this.node = node;
        this.channel = make.channel();
        this.adapter = make.adapter();
        this.gates = adapter.gates(channel);
        this.places = new LanePlaces(world.lines(), world.time()::nowMillis, holds, channel.tenantId(), this::goOn);
        this.mostPeople = make.mostPeople();
        this.mostCallsInFlight = make.mostCallsInFlight();
        this.book = make.book();
        this.window = new LaneWindow(make.flows(), order);
        this.receipts = new LaneReceiptCalls(world, node, channel, adapter, book);
        this.token = new LaneToken(world, channel.app(), make.tokens(), adapter.needsToken(), this::pump);
    }

    /** As the engine's directory would have it. */
    public ChannelEntry channel() {
        return channel;
    }

    /** Tells who still waits and writes down what held them to the last, to be asked at the end. */
    public void tellWaiting(ObjLongConsumer<Stock.Order> told) {
        if (heldBy != null) {
            world.witness().held(this, heldBy, heldSinceMicros, world.time().nowMicros());
        }
        window.tellWaiting(told);
    }

    /** Its turn in a line, or the beginning. A token may be long in coming, and others stand behind us. */
    public void goOn() {
        if (token.isWaitedFor()) {
            places.passTurn();
        } else {
            pump();
        }
    }

    private void pump() {
        boolean more = true;
        while (more && !asking && !token.isWaitedFor() && callsInFlight < mostCallsInFlight) {
            more = step();
        }
        if (!asking && !token.isWaitedFor()) {
            places.passTurn();
            arm();
        }
        writeDownWhatHolds();
    }

    private boolean step() {
        long nowMillis = world.time().nowMillis();
        window.fill(world.time().nowMicros());
        Optional<Stock> ended = window.ended(nowMillis);
        if (ended.isPresent()) {
            end(ended.get());
            return true;
        }
        holds.rule(LaneRules.holdNow(
                channel, gates.people().isPresent(), world.edge(), world.time().now()));
        int lowest = holds.lowestAllowed(nowMillis);
        Stock leader = order.leader(lowest);
        if (leader == null) {
            return false;
        }
        if (!token.isAtHand()) {
            places.passTurn();
            return false;
        }
        int most = Math.min(mostPeople, gates.mostPeoplePerCall(reservePercent(leader)));
        int people = order.company(leader, lowest, most);
        List<SlotRequest> requests = requests(leader, people);
        if (places.stand(leader.order().priority(), requests)) {
            return true;
        }
        if (!node.turns().tryTake()) {
            asking = true;
            // As an answer of Redis would, the question comes after whatever happens now.
            node.turns()
                    .await(
                            channel.tenantId(),
                            channel.tenantWeight(),
                            () -> world.time().at(world.time().nowMicros(), () -> {
                                asking = false;
                                placeCame(leader, people, requests);
                                pump();
                            }));
            return false;
        }
        ask(leader, people, requests);
        return true;
    }

    private void placeCame(Stock leader, int people, List<SlotRequest> requests) {
        if (places.stand(leader.order().priority(), requests)) {
            node.turns().giveBack();
        } else {
            ask(leader, people, requests);
        }
    }

    private List<SlotRequest> requests(Stock leader, int people) {
        return gates.slots().stream()
                .map(gate -> SlotRequest.of(gate, people, reservePercent(leader)))
                .toList();
    }

    private void end(Stock ended) {
        window.drop(ended);
        if (ended.readyCount() == 0) {
            return;
        }
        long atMicros = world.time().microsOf(ended.order().endMillis());
        if (ended.order().endsCancelled()) {
            world.witness().cancelled(ended, ended.readyCount(), atMicros);
        } else {
            world.witness().expired(ended, ended.readyCount(), atMicros);
        }
    }

    private void ask(Stock leader, int people, List<SlotRequest> requests) {
        if (requests.isEmpty()) {
            start(people, Optional.empty());
            return;
        }
        Optional<LanePlaces.Standing> turn = places.takeTurn();
        switch (world.slots()
                .take(Long.toString(world.nextCallId()), requests, world.time().nowMicros())) {
            case SlotAnswer.Granted granted -> {
                places.granted(turn);
                start(people, Optional.of(granted.permit()));
            }
            case SlotAnswer.NotBefore later -> {
                node.turns().giveBack();
                if (!places.refused(turn, leader.order().priority(), requests, later)) {
                    holds.refused(leader.order().priority(), later, world.time().nowMillis());
                }
            }
            case SlotAnswer.Unavailable never -> throw new IllegalStateException(never.reason());
        }
    }

    private int reservePercent(Stock leader) {
        return leader.order().priority() == PriorityClass.BULK ? channel.reservePercent() : 0;
    }

    /** The permit is here: the batch is formed now, vetted and paid for. */
    private void start(int people, Optional<SlotPermit> permit) {
        int lowest = holds.lowestAllowed(world.time().nowMillis());
        Stock leader = order.leader(lowest);
        Batch batch = new Batch(world, order, window, gates.people(), lowest);
        if (leader != null) {
            batch.take(leader, Math.min(people, order.company(leader, lowest, people)));
        }
        if (batch.people() == 0 || !paid(batch)) {
            permit.ifPresent(one -> world.slots().release(one, world.time().nowMicros()));
            node.turns().giveBack();
            return;
        }
        callsInFlight++;
        long nowMicros = world.time().nowMicros();
        world.call(
                nowMicros + node.work(batch.people(), nowMicros),
                permit.map(one -> one.notBeforeNanos() / 1_000).orElse(nowMicros),
                () -> world.witness().called(this, batch.people(), world.time().nowMicros()),
                () -> answered(batch, permit));
    }

    private boolean paid(Batch batch) {
        if (book.isEmpty()) {
            return true;
        }
        PriorityClass priority = batch.mostUrgent();
        if (book.get().allows(priority, channel.reservePercent(), world.time().now())) {
            book.get().spend(world.time().now());
            return true;
        }
        batch.putBack();
        holds.hold(
                priority == PriorityClass.BULK ? PriorityClass.BULK : PriorityClass.CRITICAL,
                new Hold(
                        Hold.MONTH,
                        "The month is used up.",
                        CalendarEdge.endOfMonth(world.time().now()).toEpochMilli()));
        return false;
    }

    private void answered(Batch batch, Optional<SlotPermit> permit) {
        permit.ifPresent(one -> {
            world.slots().settle(one, batch.people(), world.time().nowMicros());
            holds.answered(one.requests(), world.time().nowMillis());
        });
        receipts.after(batch);
        callsInFlight--;
        node.turns().giveBack();
        batch.portions().forEach(this::sent);
        pump();
    }

    private void sent(Stock.Portion portion) {
        window.settled(portion.of(), portion.people());
        world.witness().sent(portion.of(), portion.people(), world.time().nowMicros());
    }

    /** Wakes at the next moment at which something changes by itself. */
    private void arm() {
        // While no further call may start, the end of one pumps.
        long at = callsInFlight < mostCallsInFlight ? nextMicros() : Long.MAX_VALUE;
        if (at != wakeAtMicros && at != Long.MAX_VALUE) {
            world.time().at(Math.max(at, world.time().nowMicros() + 1), () -> {
                if (wakeAtMicros == at) {
                    wakeAtMicros = Long.MAX_VALUE;
                    pump();
                }
            });
        }
        wakeAtMicros = at;
    }

    private long nextMicros() {
        long holdEnds = order.readyCount() > 0 ? holds.nextEndMillis() : Long.MAX_VALUE;
        long nextMillis = Math.min(holdEnds, window.nextEndMillis());
        return Math.min(
                nextMillis == Long.MAX_VALUE ? Long.MAX_VALUE : world.time().microsOf(nextMillis),
                window.nextArrivalMicros());
    }

    private void writeDownWhatHolds() {
        String now = whatHolds();
        if (heldBy != null && !heldBy.equals(now)) {
            world.witness().held(this, heldBy, heldSinceMicros, world.time().nowMicros());
        }
        if (now != null && !now.equals(heldBy)) {
            heldSinceMicros = world.time().nowMicros();
        }
        heldBy = now;
    }

    private String whatHolds() {
        if (order.readyCount() == 0) {
            return null;
        }
        if (token.isWaitedFor()) {
            return token.heldBy().orElse(null);
        }
        if (asking || callsInFlight >= mostCallsInFlight) {
            return IN_FLIGHT;
        }
        Stock next = order.leader(PriorityClass.BULK.code());
        return holds.holding(next.order().priority(), world.time().nowMillis())
                .map(Hold::gate)
                .orElse(null);
    }
}
