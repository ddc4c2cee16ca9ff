package dev.sluice.loadtest.plan.virtual;

import dev.sluice.engine.channel.TokenProtocol;
import dev.sluice.engine.directory.AppEntry;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.GateLines;
import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.quota.SlotRequest;
import dev.sluice.engine.sending.TokenLife;
import java.util.List;
import java.util.Optional;

/**
 * The access token of a lane's app. Asking for one is a call of the address, and stands in its line as a party of its own, before messages that are less urgent.
 * It stays there until its turn; in the engine it goes to the end after a while, which changes who of them is first and not how many go.
 */
final class LaneToken {
    /** What the platform gives one for (obtain-orgapp-token, 2026-07-22). */
    private static final long LIFE_MILLIS = 7_200_000;

    private static final TokenLife NONE_YET = new TokenLife(Long.MIN_VALUE, Long.MIN_VALUE);
    private static final TokenLife NONE_NEEDED = new TokenLife(Long.MAX_VALUE, Long.MAX_VALUE);

    private final VirtualWorld world;
    private final List<SlotRequest> requests;
    private final Runnable arrived;
    private TokenLife life;
    private boolean fetching;
    private boolean wanted;
    private Optional<String> heldBy = Optional.empty();

    /**
     * @param protocol how one is asked for
     * @param needed whether calls carry one
     * @param arrived told when one is there that was waited for
     */
    LaneToken(VirtualWorld world, AppEntry app, TokenProtocol protocol, boolean needed, Runnable arrived) {
        this.world = world;
        this.requests = protocol.gates(app).stream()
                .map(gate -> new SlotRequest(gate, 1, gate.capacity()))
                .toList();
        this.life = needed ? NONE_YET : NONE_NEEDED;
        this.arrived = arrived;
    }

    /** Whether a call can be made; if not, one is on its way, and the lane is told. */
    boolean isAtHand() {
        long nowMillis = world.time().nowMillis();
        if (!fetching && nowMillis >= life.renewAtMillis()) {
            fetching = true;
            ask();
        }
        wanted = nowMillis >= life.endsAtMillis();
        return !wanted;
    }

    /** Whether the lane waits for it. */
    boolean isWaitedFor() {
        return wanted;
    }

    /** The gate in whose line it stands. */
    Optional<String> heldBy() {
        return heldBy;
    }

    private void ask() {
        Optional<SlotRequest> busy = world.lines().before(requests, PriorityClass.CRITICAL);
        if (busy.isPresent()) {
            stand(busy.get(), 0);
            return;
        }
        switch (take()) {
            case SlotAnswer.Granted granted -> call(granted.permit());
            case SlotAnswer.NotBefore later -> stand(at(later), later.waitMillis());
            case SlotAnswer.Unavailable never -> throw new IllegalStateException(never.reason());
        }
    }

    private SlotAnswer take() {
        return world.slots()
                .take("t" + world.nextCallId(), requests, world.time().nowMicros());
    }

    private SlotRequest at(SlotAnswer.NotBefore later) {
        return requests.stream()
                .filter(one -> one.gate().equals(later.gate()))
                .findFirst()
                .orElseThrow();
    }

    private void stand(SlotRequest request, long refusedMillis) {
        heldBy = Optional.of(request.gate().label());
        // Below zero, so nobody's tenant.
        Optional<GateLines.Place> place =
                world.lines().join(request, -world.nextCallId(), PriorityClass.CRITICAL, refusedMillis, this::turnCame);
        if (place.isEmpty()) {
            throw new IllegalStateException("a plan's lines have room for all");
        }
    }

    private void turnCame(GateLines.Place place) {
        switch (take()) {
            case SlotAnswer.Granted granted -> {
                place.granted();
                call(granted.permit());
            }
            case SlotAnswer.NotBefore later -> place.refused(later.waitMillis());
            case SlotAnswer.Unavailable never -> throw new IllegalStateException(never.reason());
        }
    }

    private void call(SlotPermit permit) {
        heldBy = Optional.empty();
        world.call(
                world.time().nowMicros(),
                permit.notBeforeNanos() / 1_000,
                () -> world.witness().askedForToken(world.time().nowMicros()),
                () -> answered(permit));
    }

    private void answered(SlotPermit permit) {
        world.slots().settle(permit, 0, world.time().nowMicros());
        life = TokenLife.of(LIFE_MILLIS, world.time().nowMillis());
        fetching = false;
        if (wanted) {
            wanted = false;
            arrived.run();
        }
    }
}
