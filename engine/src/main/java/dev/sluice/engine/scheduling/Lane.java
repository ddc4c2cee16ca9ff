package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.SlotRequest;
import dev.sluice.engine.scheduling.hold.Hold;
import dev.sluice.engine.scheduling.hold.LaneHolds;
import dev.sluice.engine.scheduling.hold.LanePlaces;
import dev.sluice.engine.scheduling.hold.LaneRules;
import dev.sluice.engine.scheduling.hold.Trouble;
import dev.sluice.engine.scheduling.queue.LaneQueue;
import dev.sluice.engine.scheduling.queue.LaneQueue.Front;
import dev.sluice.engine.scheduling.queue.Pending;
import dev.sluice.engine.scheduling.queue.TravellingDeliveries;
import dev.sluice.engine.scheduling.status.LaneStatus;
import dev.sluice.engine.sending.Circuit;
import dev.sluice.engine.sending.TokenAnswer;
import dev.sluice.engine.settling.CallAnswer;
import dev.sluice.engine.settling.DeliveryChange;
import dev.sluice.engine.settling.Settlement;
import dev.sluice.engine.settling.Settlement.Progress;
import dev.sluice.engine.settling.Settler;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel's deliveries on their way out, scheduled by the one node that owns the app. Whenever something changes it pumps: looks what would go next, asks
 * the gates, and at the moment they grant a call takes the best batch that the call is large enough for. Confined to one event loop.
 */
final class Lane {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    /** Failures in a row that open the circuit. */
    private static final int CIRCUIT_THRESHOLD = 5;
    /** A spent month is asked about again at most this often, however many say that something changed. */
    private static final long MONTH_MILLIS = 1_000;

    private final LanePorts ports;
    private final Context home;
    private final Dispatch dispatch;
    private final LaneFeeder feeder;
    private final LaneDoubts doubts;
    private final LaneOwner owner;
    private final long epoch;
    private final ChannelAdapter adapter;

    final LaneQueue queue;
    final LaneHolds holds = new LaneHolds();
    final ContentTrials trials = new ContentTrials();
    final Circuit circuit;
    final TravellingDeliveries travelling = new TravellingDeliveries();

    final TokenRejections tokenRejections = new TokenRejections();

    private final QueryPause queryPause;
    /** Whether a token or a place for the call is waited for. */
    private boolean waiting;

    private boolean fetchingToken;

    private final LaneLimits limits;
    private final LanePlaces places;
    private final LaneCalls calls;
    private final LaneTimer timer;
    private final LateCalls lateCalls;
    private boolean closed;
    /** Content of the call that failed last; null while none did. */
    private UUID failedContent;

    Lane(LanePorts ports, LaneOwner owner, ChannelEntry channel, ChannelAdapter adapter, long epoch) {
        this.owner = owner;
        this.ports = ports;
        this.home = ports.vertx().getOrCreateContext();
        this.adapter = adapter;
        this.limits = new LaneLimits(ports, adapter, channel, this::gatesOpened);
        this.epoch = epoch;
        this.circuit = new Circuit(CIRCUIT_THRESHOLD, ports.hosts().get(adapter.family()));
        this.queue = new LaneQueue(ports.settings().pageSize());
        this.dispatch = new Dispatch(ports);
        this.feeder = new LaneFeeder(ports, this);
        this.doubts = new LaneDoubts(ports, this);
        this.places = new LanePlaces(ports.lines(), ports.clock()::millis, holds, channel.tenantId(), this::turnCame);
        this.calls = new LaneCalls(ports, this, limits, places, dispatch);
        this.timer = new LaneTimer(ports.vertx(), ports.clock(), this::pump);
        this.queryPause = new QueryPause(ports.clock().monotonicMillis());
        this.lateCalls = new LateCalls(ports.clock().monotonicMillis());
        reconfigure(channel);
    }

    /** The people's side changed: what held because of it is asked anew. */
    void reconfigure(ChannelEntry changed) {
        limits.reconfigure(changed);
        limits.open();
        places.dropAll();
        holds.clear();
        tokenRejections.forget();
        if (adapter.needsToken()) {
            ports.tokens().forgetFailure(changed.app(), adapter.family());
        }
        pump();
    }

    private void gatesOpened() {
        holds.lift(Trouble.LIMITER.gate(), Long.MAX_VALUE);
        pump();
    }

    ChannelEntry channel() {
        return limits.channel();
    }

    LaneLimits limits() {
        return limits;
    }

    LaneCalls calls() {
        return calls;
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
        owner.readUnresolved(channel().app().id());
    }

    /** Something is out of order: nothing goes for so long. */
    void hold(Trouble trouble, String reason, long millis) {
        hold(PriorityClass.CRITICAL, trouble.gate(), reason, millis);
    }

    /**
     * A class and all below it wait for so long.
     *
     * @param gate short name of what holds them
     * @param reason one sentence for people
     */
    void hold(PriorityClass from, String gate, String reason, long millis) {
        holds.hold(from, new Hold(gate, reason, ports.clock().millis() + millis));
    }

    /** The platform throttled a call of this lane that our gates had let go: it wants quiet here, or wherever else the owner has lanes that it is about. */
    void throttled(ThrottleScope scope, long waitMillis, PlatformCode code) {
        log.warn("The platform throttled channel {} ({}): {} {}", channel().id(), scope, code.code(), code.text());
        ports.meters().throttled(channel().kind(), scope);
        long untilMillis = ports.clock().millis() + waitMillis;
        quiet(scope, throttle(code.code() + " " + code.text(), untilMillis));
        // Its text is about this lane's call, and other lanes are other tenants'.
        owner.quiet(this, scope, throttle(code.code(), untilMillis));
    }

    private static Hold throttle(String said, long untilMillis) {
        return new Hold(Hold.THROTTLE, "The platform throttles: " + said, untilMillis);
    }

    /** The same for what another lane was told. */
    void quiet(ThrottleScope scope, Hold hold) {
        holds.throttle(hold);
        if (scope == ThrottleScope.EGRESS_IP) {
            quietQueries(hold.untilMillis() - ports.clock().millis());
        }
    }

    /** The platform wants no question about this lane's calls for so long; sends have a limit of their own. */
    void quietQueries(long waitMillis) {
        queryPause.extend(waitMillis, ports.clock().monotonicMillis());
    }

    /** For how long no question about a call is asked: the platform wants quiet, or does not answer. 0 for now. */
    long queryWaitMillis() {
        return Math.max(circuitWaitMillis(), queryPause.leftMillis(ports.clock().monotonicMillis()));
    }

    private long circuitWaitMillis() {
        return Math.ceilDiv(circuit.waitNanos(ports.clock().nanoTime()), 1_000_000L);
    }

    /** A call was held back at the last moment. */
    void heldBack() {
        long restMillis = lateCalls.heldBack(ports.clock().monotonicMillis());
        hold(Trouble.LATE, "Its calls are ready too late to leave, or this node's lease is not renewed.", restMillis);
    }

    /** A call left. */
    void left() {
        lateCalls.left();
        holds.left();
    }

    /** More people of a content, to fill a batch up whose permit was granted for a class, and in which so many travel already. */
    List<Pending> takeMore(int company, UUID contentHash, int mostPeople, PriorityClass granted) {
        lookAtRule();
        List<Pending> more = closed
                ? List.of()
                : queue.takeBeside(
                        company,
                        contentHash,
                        mostPeople,
                        holds.lowestAllowed(granted, ports.clock().millis()));
        more.forEach(pending -> travelling.add(pending.key()));
        return more;
    }

    /** Whether a doubtful call may be sent again now, as far as the people's side and the platform's health go. */
    boolean mayResend() {
        return !closed
                && ruleNow()
                        .filter(rule -> rule.from() == PriorityClass.CRITICAL)
                        .isEmpty()
                && !holds.throttled(ports.clock().millis())
                && circuit.waitNanos(ports.clock().nanoTime()) == 0;
    }

    /** The people's side as it is now. */
    void lookAtRule() {
        holds.rule(ruleNow());
    }

    private Optional<LaneRules.Rule> ruleNow() {
        return LaneRules.holdNow(
                channel(),
                limits.people().isPresent(),
                ports.edge(),
                ports.clock().now());
    }

    /**
     * Makes durable what changed, under the lease by which this lane is ours.
     *
     * @return whether these calls ended with it, as {@link Settler#settle} says
     */
    Future<Boolean> settle(List<CallAnswer> answers, List<DeliveryChange> changes, List<Progress> progress) {
        return ports.settler().settle(new Settlement(channel().app().id(), epoch, answers, changes, progress));
    }

    boolean closed() {
        return closed;
    }

    /**
     * A fault of ours ended one of its calls somewhere on its way. Nobody here knows how far it came, so the app is taken over anew, as after the death of a node: that
     * asks Postgres.
     */
    void brokeOff(long callId, Throwable fault) {
        log.error(
                "Call {} of channel {} ended by a fault of ours: its app is taken over anew",
                callId,
                channel().id(),
                fault);
        circuit.abandoned();
        close();
    }

    /** Nothing new goes from here; what is in flight ends. */
    void close() {
        closed = true;
        places.dropAll();
        timer.cancel();
    }

    /** Somebody says that something changed; perhaps the month was granted anew. New submissions say so too, hence the bound. */
    void woken() {
        long heldSinceMillis = ports.clock().millis() - MONTH_MILLIS;
        holds.lift(Hold.MONTH, heldSinceMillis + ports.settings().monthHoldMillis());
        feeder.lookForNew();
    }

    /** There may be something new in Postgres. */
    void look() {
        feeder.look();
    }

    /** Sends as long as there is something to send that nothing holds. */
    void pump() {
        assert home.equals(Vertx.currentContext())
                : "a lane belongs to its event loop, not to " + Thread.currentThread();
        while (mayStep()) {
            if (!step()) {
                break;
            }
        }
        if (!closed && !waiting && !calls.asking()) {
            places.passTurn();
            // While no further call may start, the end of one pumps.
            timer.set(calls.mayAsk() ? nextMillis() : Long.MAX_VALUE);
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
        return !closed && !waiting && calls.mayAsk();
    }

    /** One step; false when there is nothing more to do for now. */
    private boolean step() {
        long nowMillis = ports.clock().millis();
        queue.wake(nowMillis);
        feeder.feed();
        lookAtRule();
        return switch (front(holds.lowestAllowed(nowMillis))) {
            case Front.Nothing nothing -> false;
            case Front.AwaitPage await -> false;
            case Front.Batch batch -> {
                if (batch.leader().spec().deliverByMillis() <= nowMillis) {
                    feeder.retire(batch.leader(), DeliveryState.EXPIRED, Disposition.DEADLINE_PASSED);
                    yield true;
                }
                yield offer(limits.fitting(batch));
            }
        };
    }

    /** A call with that content was not answered, or by a fault. */
    void failed(UUID content) {
        failedContent = content;
    }

    /**
     * What would go next. People who come back from a failure go before what came later, so that a content which the platform refuses in words that no table knows would
     * be every probe of an open circuit, and keep all others from showing that the platform is well.
     */
    Front front(int lowestAllowed) {
        return circuit.open() && failedContent != null
                ? queue.frontBeside(failedContent, lowestAllowed, limits.mostPeoplePerCall())
                : queue.front(lowestAllowed, limits.mostPeoplePerCall());
    }

    private boolean offer(Front.Batch batch) {
        long circuitWaitMillis = circuitWaitMillis();
        if (circuitWaitMillis > 0) {
            hold(
                    Trouble.CIRCUIT,
                    "The platform did not answer several times in a row, or only with faults; one call will try.",
                    circuitWaitMillis);
            return true;
        }
        if (adapter.needsToken() && !hasToken()) {
            return false;
        }
        List<SlotRequest> requests = limits.requests(batch);
        if (places.stand(batch.leader().spec().priority(), requests)) {
            return true;
        }
        if (!ports.turns().tryTake()) {
            waiting = true;
            ports.turns().await(channel().tenantId(), channel().tenantWeight(), () -> {
                waiting = false;
                placeCame(limits.fitting(batch));
                pump();
            });
            return false;
        }
        return calls.ask(batch, requests);
    }

    /** There is room for the call, after a while: the lane may be closed by now, its limits may be others, and others may stand in line at them. */
    private void placeCame(Front.Batch batch) {
        List<SlotRequest> requests = limits.requests(batch);
        if (closed || places.stand(batch.leader().spec().priority(), requests)) {
            ports.turns().giveBack();
        } else {
            calls.ask(batch, requests);
        }
    }

    /** Whether a token is at hand; if not, one is fetched and the lane pumps again. */
    private boolean hasToken() {
        Future<TokenAnswer> answer = ports.tokens().token(channel().app(), adapter.family());
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

    /** What is out of order, if it keeps anybody waiting. */
    Optional<Trouble> trouble() {
        return queue.readyCount() == 0
                ? Optional.empty()
                : holds.trouble(ports.clock().millis());
    }

    /** What an observer may know. */
    LaneStatus status(String node) {
        long nowMillis = ports.clock().millis();
        Optional<Hold> hold = holds.first(nowMillis);
        return new LaneStatus(
                channel().id(),
                node,
                hold.map(Hold::gate).orElse(""),
                hold.map(Hold::reason).orElse(""),
                hold.flatMap(Hold::opens).orElse(null),
                queue.readyCount(),
                calls.inFlight(),
                ports.clock().now());
    }

    /** The next moment at which something changes by itself. */
    private long nextMillis() {
        return Math.min(queue.nextDueMillis(), queue.readyCount() > 0 ? holds.nextEndMillis() : Long.MAX_VALUE);
    }
}
