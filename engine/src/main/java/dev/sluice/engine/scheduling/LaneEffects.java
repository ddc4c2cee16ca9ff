package dev.sluice.engine.scheduling;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.scheduling.hold.Hold;
import dev.sluice.engine.scheduling.hold.Trouble;
import dev.sluice.engine.sending.LaneEffect;
import dev.sluice.engine.sending.OutcomePolicy;
import dev.sluice.engine.sending.TokenAnswer;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what an outcome means beyond its own deliveries: the lane holds, its channel pauses, a content is given up. Confined to the lane's event loop. */
final class LaneEffects {
    private static final Logger log = LoggerFactory.getLogger(LaneEffects.class);
    /** Fresh tokens refused in a row until the channel pauses: one may be an unlucky rotation, three are a wrong secret. */
    private static final int MOST_TOKEN_REJECTIONS = 3;
    /** A lane holds by itself for so long; by then the directory says that its channel is paused. */
    private static final long PAUSE_MILLIS = 10_000;

    private final LanePorts ports;

    LaneEffects(LanePorts ports) {
        this.ports = ports;
    }

    /** Does it. */
    void apply(Flight flight, LaneEffect effect) {
        Lane lane = flight.lane();
        switch (effect) {
            case LaneEffect.None none -> {}
            case LaneEffect.Quiet quiet -> lane.throttled(quiet.scope(), quiet.waitMillis(), quiet.code());
            case LaneEffect.MonthSpent spent -> monthSpent(lane, spent);
            case LaneEffect.PauseChannel pause -> pause(lane, pause.reason());
            case LaneEffect.RefreshToken refresh -> tokenRejected(lane, flight.grantedAtNanos());
            case LaneEffect.SuspectContent suspect -> suspectContent(flight);
            case LaneEffect.RefuseContent refuse -> refuseContent(lane, flight.contentHash(), refuse.disposition());
        }
    }

    /** No token: wrong credentials pause the channel, trouble on the way waits. */
    void noToken(Lane lane, TokenAnswer answer) {
        switch (answer) {
            case TokenAnswer.Token token -> {}
            case TokenAnswer.Refused refused -> pause(lane, OutcomePolicy.pauseReason(refused.outcome()));
            case TokenAnswer.Unavailable unavailable ->
                lane.hold(
                        Trouble.TOKEN,
                        "No access token could be had: " + unavailable.reason(),
                        Math.max(100, unavailable.waitMillis()));
        }
    }

    private void monthSpent(Lane lane, LaneEffect.MonthSpent spent) {
        lane.hold(
                PriorityClass.CRITICAL,
                Hold.MONTH,
                "The platform says that the month is used up: " + spent.code().text(),
                ports.settings().monthHoldMillis());
        ports.trouble()
                .monthSpent(lane.channel().app().organisation(), lane.adapter().pool(), spent);
    }

    private void pause(Lane lane, String reason) {
        lane.hold(PriorityClass.CRITICAL, Hold.CHANNEL_PAUSED, reason, PAUSE_MILLIS);
        ports.trouble().pause(lane.channel(), reason);
    }

    private void tokenRejected(Lane lane, long grantedAtNanos) {
        if (!lane.tokenRejections.add(grantedAtNanos, ports.clock().nanoTime())) {
            // It travelled with a token that another call found refused meanwhile.
            log.debug(
                    "A call of channel {} had an outdated token", lane.channel().id());
        } else if (lane.tokenRejections.inRow() >= MOST_TOKEN_REJECTIONS) {
            pause(lane, "The platform refuses fresh access tokens of this app: check its key and secret.");
        }
    }

    private void suspectContent(Flight flight) {
        Lane lane = flight.lane();
        UUID content = flight.contentHash();
        if (lane.trials.givenUp(content, flight.batch().get(0).key())) {
            log.warn(
                    "Channel {} gives a content up that passes for nobody",
                    lane.channel().id());
            refuseContent(lane, content, Disposition.REFUSED_OTHERWISE);
        }
    }

    /** Nobody else is tried. */
    private static void refuseContent(Lane lane, UUID content, Disposition why) {
        List.copyOf(lane.queue.works()).stream()
                .filter(work -> work.spec().contentHash().equals(content))
                .forEach(work -> {
                    work.refuse(why);
                    lane.feeder().retire(work, DeliveryState.FAILED, why);
                });
    }
}
