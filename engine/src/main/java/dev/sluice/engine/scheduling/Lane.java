package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.LaneGates;
import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.quota.SlotRequest;
import dev.sluice.engine.scheduling.LaneHolds.Hold;
import dev.sluice.engine.scheduling.LaneQueue.Front;
import dev.sluice.engine.sending.Circuit;
import dev.sluice.engine.sending.TokenAnswer;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One channel's deliveries on their way out, scheduled by the one node that owns the app. Whenever something changes it pumps: looks what would go next, asks
 * the gates, and at the moment they grant a call takes the best batch that waits then. Confined to one event loop.
 */
final class Lane {
    /** Failures in a row that open the circuit. */
    private static final int CIRCUIT_THRESHOLD = 5;
    /** How often rules of the people's side (quiet hours, month) are looked at again while they hold. */
    private static final long RULES_MILLIS = 1_000;
    /** A spent month is asked about again at most this often, however many say that something changed. */
    private static final long MONTH_MILLIS = 1_000;

    private final LanePorts ports;
    private final Dispatch dispatch;
    private final LaneFeeder feeder;
    private final LaneDoubts doubts;
    private final LaneOwner owner;
    private final long epoch;
    private final ChannelAdapter adapter;
    private ChannelEntry channel;
    private LaneGates gates;
    private boolean countsPeopleByDay;
    /** Whether gates are being rebuilt for this lane. */
    private boolean opening;

    final LaneQueue queue;
    final LaneHolds holds = new LaneHolds();
    final ContentTrials trials = new ContentTrials();
    final Circuit circuit;
    /** Deliveries that a call names: in flight, or in doubt from before we owned the app. */
    final Set<DeliveryKey> travelling = new HashSet<>();

    int tokenRejectionsInRow;
    private long tokenRejectedAtNanos = Long.MIN_VALUE;
    private final Set<Long> callIds = new HashSet<>();
    private int callsInFlight;
    /** Whether a token or a place for the call is waited for. */
    private boolean waiting;

    private boolean fetchingToken;

    private final LanePlaces places;
    private final GateQuestions questions = new GateQuestions();
    private boolean closed;
    private long timer = -1;
    private long timerAtMillis = Long.MAX_VALUE;

    Lane(LanePorts ports, LaneOwner owner, ChannelEntry channel, ChannelAdapter adapter, long epoch) {
        this.owner = owner;
        this.ports = ports;
        this.adapter = adapter;
        this.epoch = epoch;
        this.circuit = new Circuit(CIRCUIT_THRESHOLD, ports.hosts().get(adapter.family()));
        this.queue = new LaneQueue(ports.settings().pageSize());
        this.dispatch = new Dispatch(ports);
        this.feeder = new LaneFeeder(ports, this);
        this.doubts = new LaneDoubts(ports, this);
        this.places = new LanePlaces(ports.lines(), ports.clock()::millis, holds, channel.tenantId(), this::turnCame);
        reconfigure(channel);
    }

    /** The people's side changed: what held because of it is asked anew. */
    void reconfigure(ChannelEntry changed) {
        channel = changed;
        gates = adapter.gates(changed);
        countsPeopleByDay = gates.people().isPresent();
        openGates();
        places.dropAll();
        holds.clear();
        tokenRejectionsInRow = 0;
        if (adapter.needsToken()) {
            ports.tokens().forgetFailure(changed.app(), adapter.family());
        }
        pump();
    }

    /** Has those of the gates rebuilt that Redis does not know; whoever waits for one asks again then. */
    private void openGates() {
        if (opening) {
            return;
        }
        opening = true;
        Future<Void> people = gates.people()
                .map(rule -> ports.people().warm(rule, ports.clock().platformDay()))
                .orElse(Future.succeededFuture());
        Future.join(ports.slots().warm(gates.slots()), people).onComplete(open -> {
            opening = false;
            holds.lift(LaneHolds.LIMITER, Long.MAX_VALUE);
            pump();
        });
    }

    ChannelEntry channel() {
        return channel;
    }

    ChannelAdapter adapter() {
        return adapter;
    }

    long epoch() {
        return epoch;
    }

    LaneFeeder feeder() {
        return feeder;
    }

    LaneDoubts doubts() {
        return doubts;
    }

    /** What is doubtful of this app must be read again. */
    void readUnresolved() {
        owner.readUnresolved(channel.app().id());
    }

    /** The platform wants quiet: here, or wherever else the owner has lanes that it is about. */
    void quietScope(ThrottleScope scope, long waitMillis, PlatformCode code) {
        Hold hold = new Hold(
                "platform throttle",
                "The platform throttles: " + code.code() + " " + code.text(),
                ports.clock().millis() + waitMillis,
                null);
        holds.hold(PriorityClass.CRITICAL, hold);
        owner.quiet(this, scope, hold);
    }

    /** A fresh token was refused; false when the call left before the last refusal was known, so that it says nothing new. */
    boolean tokenRejected(long grantedAtNanos) {
        if (tokenRejectedAtNanos != Long.MIN_VALUE && grantedAtNanos - tokenRejectedAtNanos < 0) {
            return false;
        }
        tokenRejectedAtNanos = ports.clock().nanoTime();
        tokenRejectionsInRow++;
        return true;
    }

    /** More people of a content, to fill a batch up. */
    List<Pending> takeMore(UUID contentHash, int mostPeople) {
        List<Pending> more = closed
                ? List.of()
                : queue.take(
                        contentHash,
                        mostPeople,
                        holds.lowestAllowed(ports.clock().millis()));
        more.forEach(pending -> travelling.add(pending.key()));
        return more;
    }

    /** Calls that are under way; each is registered before its intent and leaves when it is settled. */
    Set<Long> callIds() {
        return callIds;
    }

    /** Whether a doubtful call may be sent again now, as far as the people's side and the platform's health go. */
    boolean mayResend() {
        return !closed
                && LaneRules.holdNow(
                                channel,
                                countsPeopleByDay,
                                ports.edge(),
                                ports.clock().now())
                        .filter(rule -> rule.from() == PriorityClass.CRITICAL)
                        .isEmpty()
                && circuit.waitNanos(ports.clock().nanoTime()) == 0;
    }

    int callsInFlight() {
        return callsInFlight;
    }

    boolean closed() {
        return closed;
    }

    /** Nothing new goes from here; what is in flight ends. */
    void close() {
        closed = true;
        places.dropAll();
        cancelTimer();
    }

    /** Somebody says that something changed; perhaps the month was granted anew. New submissions say so too, hence the bound. */
    void woken() {
        long heldSinceMillis = ports.clock().millis() - MONTH_MILLIS;
        holds.lift(LaneHolds.MONTH, heldSinceMillis + ports.settings().monthHoldMillis());
        look();
    }

    /** There may be something new in Postgres. */
    void look() {
        feeder.look();
    }

    /** Sends as long as there is something to send that nothing holds. */
    void pump() {
        while (mayStep()) {
            if (!step()) {
                break;
            }
        }
        if (!closed && !waiting && questions.open() == 0) {
            places.passTurn();
            arm();
        }
    }

    /** The next question is ours. A token may be long in coming, and others stand behind us. */
    private void turnCame() {
        if (fetchingToken) {
            places.passTurn();
        } else {
            pump();
        }
    }

    private boolean mayStep() {
        return !closed
                && !waiting
                && questions.mayAsk(queue.readyCount())
                && callsInFlight + questions.open() < ports.settings().mostCallsInFlight();
    }

    /** One step; false when there is nothing more to do for now. */
    private boolean step() {
        long nowMillis = ports.clock().millis();
        queue.wake(nowMillis);
        feeder.feed();
        LaneRules.holdNow(
                        channel, countsPeopleByDay, ports.edge(), ports.clock().now())
                .ifPresent(rule -> holds.hold(rule.from(), rule.hold(RULES_MILLIS)));
        int mostPeople = channel.peopleForcedPerCall().orElse(adapter.mostPeoplePerCall());
        return switch (queue.front(holds.lowestAllowed(nowMillis), Math.min(mostPeople, adapter.mostPeoplePerCall()))) {
            case Front.Nothing nothing -> false;
            case Front.AwaitPage await -> false;
            case Front.Batch batch -> {
                if (batch.leader().spec().deliverByMillis() <= nowMillis) {
                    feeder.retire(batch.leader(), DeliveryState.EXPIRED, Disposition.DEADLINE_PASSED);
                    yield true;
                }
                yield offer(fitting(batch), nowMillis);
            }
        };
    }

    /** Some contents may reach fewer people in a call than others, and a limit may be smaller than a whole call. */
    private Front.Batch fitting(Front.Batch batch) {
        int most = Math.min(
                adapter.mostPeople(batch.leader().spec().content()), gates.mostPeoplePerCall(reservePercent(batch)));
        return batch.people() <= most ? batch : new Front.Batch(batch.leader(), most);
    }

    private boolean offer(Front.Batch batch, long nowMillis) {
        long circuitWaitNanos = circuit.waitNanos(ports.clock().nanoTime());
        if (circuitWaitNanos > 0) {
            holds.hold(
                    PriorityClass.CRITICAL,
                    new Hold(
                            "circuit",
                            "The platform did not answer several times in a row; one call will try.",
                            nowMillis + Math.max(1, circuitWaitNanos / 1_000_000),
                            null));
            return true;
        }
        if (adapter.needsToken() && !hasToken()) {
            return false;
        }
        if (places.stand(batch.leader().spec().priority(), requests(batch))) {
            return true;
        }
        if (!ports.turns().tryTake()) {
            waiting = true;
            ports.turns().await(channel.tenantId(), 1, () -> {
                waiting = false;
                placeCame(fitting(batch));
                pump();
            });
            return false;
        }
        return ask(batch);
    }

    /** There is room for the call, after a while: its limits may be others by now, and others may stand in line at them. */
    private void placeCame(Front.Batch batch) {
        if (places.stand(batch.leader().spec().priority(), requests(batch))) {
            ports.turns().giveBack();
        } else {
            ask(batch);
        }
    }

    /** Whether a token is at hand; if not, one is fetched and the lane pumps again. */
    private boolean hasToken() {
        Future<TokenAnswer> answer = ports.tokens().token(channel.app(), adapter.family());
        if (answer.isComplete() && answer.result() instanceof TokenAnswer.Token) {
            return true;
        }
        waiting = true;
        fetchingToken = true;
        places.passTurn();
        answer.onComplete(fetched -> {
            waiting = false;
            fetchingToken = false;
            dispatch.noToken(this, fetched.result());
            pump();
        });
        return false;
    }

    /** Asks the gates for the batch; a place for the call is ours. True when the next step may follow at once. */
    private boolean ask(Front.Batch batch) {
        if (closed || batch.leader().ready.isEmpty()) {
            ports.turns().giveBack();
            return !closed;
        }
        long askedAtNanos = ports.clock().nanoTime();
        List<SlotRequest> requests = requests(batch);
        long callId = ports.ids().next();
        if (requests.isEmpty()) {
            start(batch, callId, Optional.empty(), askedAtNanos);
            return true;
        }
        questions.asked(batch.people());
        Optional<LanePlaces.Standing> turn = places.takeTurn();
        ports.slots().take(Long.toString(callId), requests).onComplete(answer -> {
            switch (answer.result()) {
                case SlotAnswer.Granted granted -> {
                    questions.granted(batch.people());
                    places.granted(turn);
                    start(
                            batch,
                            callId,
                            Optional.of(granted.permit()),
                            granted.permit().grantedAtNanos());
                }
                case SlotAnswer.NotBefore later -> {
                    questions.refused(batch.people());
                    ports.turns().giveBack();
                    holdAtGate(batch, turn, requests, later);
                }
                case SlotAnswer.Unavailable unavailable -> {
                    questions.refused(batch.people());
                    ports.turns().giveBack();
                    turn.ifPresent(places::drop);
                    holdForLimiter(unavailable);
                }
            }
            pump();
        });
        return true;
    }

    private List<SlotRequest> requests(Front.Batch batch) {
        return gates.slots().stream()
                .map(gate -> SlotRequest.of(gate, batch.people(), reservePercent(batch)))
                .toList();
    }

    private int reservePercent(Front.Batch batch) {
        return batch.leader().spec().priority() == PriorityClass.BULK ? channel.reservePercent() : 0;
    }

    private void holdForLimiter(SlotAnswer.Unavailable unavailable) {
        long untilMillis = ports.clock().millis() + unavailable.waitMillis();
        holds.hold(PriorityClass.CRITICAL, new Hold(LaneHolds.LIMITER, unavailable.reason(), untilMillis, null));
        if (unavailable.lost()) {
            openGates();
        }
    }

    private void holdAtGate(
            Front.Batch batch,
            Optional<LanePlaces.Standing> turn,
            List<SlotRequest> requests,
            SlotAnswer.NotBefore later) {
        ports.meters().refused(later.gate().name());
        PriorityClass priority = batch.leader().spec().priority();
        if (closed || !places.refused(turn, priority, requests, later)) {
            holds.refused(priority, later, ports.clock().millis());
        }
    }

    /** The permit is ours: the batch is formed now, from what is most urgent now. */
    private void start(Front.Batch asked, long callId, Optional<SlotPermit> permit, long grantedAtNanos) {
        int lowestAllowed = permit.isEmpty()
                ? holds.lowestAllowed(ports.clock().millis())
                : holds.lowestAllowed(
                        asked.leader().spec().priority(), ports.clock().millis());
        Front front = queue.front(lowestAllowed, asked.people());
        Front.Batch batch = front instanceof Front.Batch now ? fitting(now) : asked;
        // While the gates were asked, another call may have become the circuit's probe.
        boolean held = closed || circuit.waitNanos(ports.clock().nanoTime()) > 0;
        List<Pending> people =
                held ? List.of() : queue.take(batch.leader().spec().contentHash(), batch.people(), lowestAllowed);
        if (people.isEmpty()) {
            permit.ifPresent(ports.slots()::release);
            ports.turns().giveBack();
            return;
        }
        people.forEach(pending -> travelling.add(pending.key()));
        callsInFlight++;
        callIds.add(callId);
        circuit.started();
        dispatch.run(new Flight(this, callId, people, permit, grantedAtNanos)).onComplete(ended -> {
            callsInFlight--;
            callIds.remove(callId);
            ports.turns().giveBack();
            pump();
        });
    }

    /** What an observer may know. */
    LaneStatus status(String node) {
        long nowMillis = ports.clock().millis();
        Optional<Hold> hold = Optional.empty();
        for (PriorityClass priority : PriorityClass.values()) {
            hold = hold.or(() -> holds.holding(priority, nowMillis));
        }
        return new LaneStatus(
                channel.id(),
                node,
                hold.map(Hold::gate).orElse(""),
                hold.map(Hold::reason).orElse(""),
                hold.map(one -> Instant.ofEpochMilli(one.opensMillis())).orElse(null),
                queue.readyCount(),
                callsInFlight,
                ports.clock().now());
    }

    /** Wakes at the next moment at which something changes by itself. */
    private void arm() {
        long at = Math.min(queue.nextDueMillis(), queue.readyCount() > 0 ? holds.nextEndMillis() : Long.MAX_VALUE);
        if (at == timerAtMillis) {
            return;
        }
        cancelTimer();
        if (at != Long.MAX_VALUE) {
            timerAtMillis = at;
            timer = ports.vertx().setTimer(Math.max(1, at - ports.clock().millis()), fired -> {
                timer = -1;
                timerAtMillis = Long.MAX_VALUE;
                pump();
            });
        }
    }

    private void cancelTimer() {
        if (timer >= 0) {
            ports.vertx().cancelTimer(timer);
        }
        timer = -1;
        timerAtMillis = Long.MAX_VALUE;
    }
}
