package dev.sluice.engine.scheduling.hold;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.GateLines;
import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Where a lane stands in line at gates that it shares: one place for each class, which holds that class until its turn. A turn lets it ask once; one that it has no use
 * for goes to the next. Confined to the lane's event loop.
 */
public final class LanePlaces {
    private final GateLines lines;
    private final LongSupplier wallMillis;
    private final LaneHolds holds;
    private final long tenantId;
    private final Runnable atTurn;
    private final Standing[] byClass = new Standing[PriorityClass.values().length];
    /** The one whose turn has come and that has not asked yet. */
    private Standing turn;

    /** A place, and the hold that lasts while it waits. */
    public record Standing(PriorityClass priority, GateLines.Place place, Hold hold) {}

    /**
     * @param lines of the node
     * @param wallMillis wall time, for people
     * @param holds of the lane
     * @param tenantId whose turns it takes
     * @param atTurn when the lane may ask
     */
    public LanePlaces(GateLines lines, LongSupplier wallMillis, LaneHolds holds, long tenantId, Runnable atTurn) {
        this.lines = lines;
        this.wallMillis = wallMillis;
        this.holds = holds;
        this.tenantId = tenantId;
        this.atTurn = atTurn;
    }

    /** Whether a call of this class must not ask now; then it stands in line, and its class is held. */
    public boolean stand(PriorityClass priority, List<SlotRequest> requests) {
        if (turn != null && priority.compareTo(turn.priority()) <= 0) {
            return false;
        }
        passTurn();
        Standing mine = byClass[priority.code()];
        if (mine != null) {
            holds.hold(priority, mine.hold());
            return true;
        }
        Optional<SlotRequest> busy = lines.before(requests, priority);
        return busy.isPresent() && join(priority, busy.get(), 0);
    }

    /** The turn with which a question is asked now, if there is one. It ends in {@link #granted}, {@link #refused} or {@link #drop}. */
    public Optional<Standing> takeTurn() {
        Optional<Standing> taken = Optional.ofNullable(turn);
        turn = null;
        return taken;
    }

    /** Nothing is asked with the turn that has come. */
    public void passTurn() {
        takeTurn().ifPresent(this::drop);
    }

    /** A question was granted. */
    public void granted(Optional<Standing> asked) {
        asked.ifPresent(mine -> {
            mine.place().granted();
            forget(mine);
        });
    }

    /** A question was refused; whether its class stands in line for the next one now. */
    public boolean refused(
            Optional<Standing> asked, PriorityClass priority, List<SlotRequest> requests, SlotAnswer.NotBefore later) {
        Standing mine = asked.orElse(null);
        if (mine != null
                && mine.equals(byClass[priority.code()])
                && mine.place().gate().equals(later.gate())) {
            mine.place().refused(later.waitMillis());
            holds.hold(priority, mine.hold());
            return true;
        }
        asked.ifPresent(this::drop);
        if (byClass[priority.code()] != null) {
            holds.hold(priority, byClass[priority.code()].hold());
            return true;
        }
        return requests.stream()
                .filter(one -> one.gate().equals(later.gate()))
                .anyMatch(one -> join(priority, one, later.waitMillis()));
    }

    /** Leaves a line. */
    public void drop(Standing mine) {
        mine.place().leave();
        forget(mine);
    }

    /** Leaves all lines. */
    public void dropAll() {
        turn = null;
        for (Standing mine : byClass.clone()) {
            if (mine != null) {
                drop(mine);
            }
        }
    }

    private boolean join(PriorityClass priority, SlotRequest request, long refusedMillis) {
        Optional<GateLines.Place> joined =
                lines.join(request, tenantId, priority, refusedMillis, place -> came(priority, place));
        joined.ifPresent(place -> {
            long opensMillis = wallMillis.getAsLong() + Math.max(refusedMillis, place.expectedWaitMillis());
            Hold hold = Hold.inLine(place.gate(), place.ahead(), opensMillis);
            byClass[priority.code()] = new Standing(priority, place, hold);
            holds.hold(priority, hold);
        });
        return joined.isPresent();
    }

    private void came(PriorityClass priority, GateLines.Place place) {
        Standing mine = byClass[priority.code()];
        if (mine == null || mine.place() != place) {
            return;
        }
        if (turn != null) {
            drop(mine);
            return;
        }
        turn = mine;
        holds.lift(mine.hold());
        atTurn.run();
    }

    private void forget(Standing mine) {
        holds.lift(mine.hold());
        if (mine.equals(byClass[mine.priority().code()])) {
            byClass[mine.priority().code()] = null;
        }
    }
}
