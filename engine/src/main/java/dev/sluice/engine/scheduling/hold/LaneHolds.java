package dev.sluice.engine.scheduling.hold;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotGate;
import dev.sluice.engine.quota.SlotRequest;
import dev.sluice.engine.quota.SlotTiming;
import dev.sluice.engine.scheduling.hold.LaneRules.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What holds a lane back, by class. A hold on a class holds the classes below it too, because less urgent traffic never has more rights. Confined to the owner's
 * event loop.
 */
public final class LaneHolds {
    /** Covers the resolution of the clocks. */
    private static final long MARGIN_MILLIS = 2;

    private final Hold[] byClass = new Hold[PriorityClass.values().length];
    /** Those that last until a turn comes, beside the others: what the platform wants does not end with a turn. */
    private final Hold[] inLine = new Hold[byClass.length];
    /** What the platform wants of all classes, null for nothing: neither a turn nor the people's side ends it. */
    private Hold throttle;
    /** When it was last looked at. */
    private long lookedAtMillis;
    /** What the people's side says; null for nothing. */
    private Rule rule;
    /** What is out of order; null for nothing. Its holds are short, and between them it is tried again: until a call leaves, or is held by something else, it is. */
    private Trouble trouble;

    /** What the people's side says now. It holds until the next look at the lane says otherwise. */
    public void rule(Optional<Rule> now) {
        rule = now.orElse(null);
    }

    /** Holds a class and all below. An earlier hold that lasts longer stays. */
    public void hold(PriorityClass from, Hold hold) {
        if (hold.untilMillis() != Hold.NO_END) {
            trouble = Trouble.of(hold.gate()).orElse(null);
        }
        Hold[] holds = hold.untilMillis() == Hold.NO_END ? inLine : byClass;
        for (int i = from.code(); i < holds.length; i++) {
            if (holds[i] == null || holds[i].untilMillis() < hold.untilMillis()) {
                holds[i] = hold;
            }
        }
    }

    /** The platform wants quiet, of every class. An earlier throttle that lasts longer stays. */
    public void throttle(Hold hold) {
        if (throttle == null || throttle.untilMillis() < hold.untilMillis()) {
            throttle = hold;
        }
    }

    /** A call left: whatever was out of order is not now. */
    public void left() {
        trouble = null;
    }

    /** What is out of order, unless a limit, the platform's wish or a person holds even the most urgent now. */
    public Optional<Trouble> trouble(long nowMillis) {
        boolean holdsOtherwise = holding(PriorityClass.CRITICAL, nowMillis)
                .filter(hold -> Trouble.of(hold.gate()).isEmpty())
                .isPresent();
        return holdsOtherwise ? Optional.empty() : Optional.ofNullable(trouble);
    }

    /** Whether the platform wants quiet now. */
    public boolean throttled(long nowMillis) {
        followSetBack(nowMillis);
        if (throttle != null && throttle.untilMillis() <= nowMillis) {
            throttle = null;
        }
        return throttle != null;
    }

    /** A gate refused a call of this class. */
    public void refused(PriorityClass from, SlotAnswer.NotBefore later, long nowMillis) {
        hold(from, Hold.atGate(later, nowMillis));
    }

    /** A call was answered that had passed these gates: what waits for one of them need not wait longer than its window from now, less the lead. */
    public void answered(List<SlotRequest> passed, long nowMillis) {
        for (SlotRequest one : passed) {
            long waitMillis = Math.max(0, one.gate().windowMillis() - SlotTiming.LEAD_MILLIS);
            freed(one.gate(), nowMillis + waitMillis + MARGIN_MILLIS);
        }
    }

    /** A call was not made after all: what waits for one of its gates may ask again. */
    public void released(List<SlotRequest> unused, long nowMillis) {
        unused.forEach(one -> freed(one.gate(), nowMillis));
    }

    private void freed(SlotGate gate, long untilMillis) {
        for (int i = 0; i < byClass.length; i++) {
            Hold hold = byClass[i];
            if (hold != null && gate.equals(hold.slotGate()) && hold.untilMillis() > untilMillis) {
                byClass[i] = hold.until(untilMillis);
            }
        }
    }

    /** The turn of this one has come, or is not waited for any more. */
    public void lift(Hold over) {
        for (int i = 0; i < inLine.length; i++) {
            if (over.equals(inLine[i])) {
                inLine[i] = null;
            }
        }
    }

    /** Forgets the holds of this name that end before a moment. */
    public void lift(String gate, long endsBeforeMillis) {
        for (int i = 0; i < byClass.length; i++) {
            if (byClass[i] != null && byClass[i].gate().equals(gate) && byClass[i].untilMillis() < endsBeforeMillis) {
                byClass[i] = null;
            }
        }
    }

    /** Forgets holds that the people's side may have ended; gates will say it again if not. A throttle is the platform's, who counts a call against it anew. */
    public void clear() {
        Arrays.fill(byClass, null);
        Arrays.fill(inLine, null);
    }

    /** The lowest class that may go now, as its number; -1 for none. */
    public int lowestAllowed(long nowMillis) {
        return Math.min(lowestWithoutHold(nowMillis), lowestByRule());
    }

    private int lowestByRule() {
        return (rule == null ? byClass.length : rule.from().code()) - 1;
    }

    private int lowestWithoutHold(long nowMillis) {
        if (throttled(nowMillis)) {
            return -1;
        }
        for (int i = 0; i < byClass.length; i++) {
            if (byClass[i] != null && byClass[i].untilMillis() <= nowMillis) {
                byClass[i] = null;
            }
            if (byClass[i] != null || inLine[i] != null) {
                return i - 1;
            }
        }
        return byClass.length - 1;
    }

    /** Where the wall clock was set back, holds end as much earlier: they last as long as they were meant to. */
    private void followSetBack(long nowMillis) {
        long setBackMillis = lookedAtMillis - nowMillis;
        for (int i = 0; i < byClass.length && setBackMillis > 0; i++) {
            if (byClass[i] != null) {
                byClass[i] = byClass[i].earlier(setBackMillis);
            }
        }
        if (throttle != null && setBackMillis > 0) {
            throttle = throttle.earlier(setBackMillis);
        }
        lookedAtMillis = nowMillis;
    }

    /** The lowest class that may go with a permit that was granted for a class: another question may have been refused by a gate since, which this one passed. */
    public int lowestAllowed(PriorityClass granted, long nowMillis) {
        int lowest = lowestWithoutHold(nowMillis);
        while (throttle == null && lowest < granted.code() && onlyAGateHolds(byClass[lowest + 1])) {
            lowest++;
        }
        return Math.min(lowest, lowestByRule());
    }

    private static boolean onlyAGateHolds(Hold hold) {
        return hold == null || hold.slotGate() != null;
    }

    /** When a further class may go; {@link Long#MAX_VALUE} when all may. What holds the most urgent class decides, since it holds all classes below. */
    public long nextEndMillis() {
        if (throttle != null) {
            return throttle.untilMillis();
        }
        for (int i = 0; i < byClass.length; i++) {
            if (i > lowestByRule()) {
                return rule.hold().untilMillis();
            }
            if (inLine[i] != null) {
                return Hold.NO_END;
            }
            if (byClass[i] != null) {
                return byClass[i].untilMillis();
            }
        }
        return Long.MAX_VALUE;
    }

    /** What holds the most urgent of all classes that something holds. */
    public Optional<Hold> first(long nowMillis) {
        return Arrays.stream(PriorityClass.values())
                .flatMap(priority -> holding(priority, nowMillis).stream())
                .findFirst();
    }

    /** What holds a class now: the people's side first, since it holds whatever the gates say. */
    public Optional<Hold> holding(PriorityClass priority, long nowMillis) {
        if (priority.code() > lowestByRule()) {
            return Optional.of(rule.hold());
        }
        if (throttle != null && throttle.untilMillis() > nowMillis) {
            return Optional.of(throttle);
        }
        Hold hold = byClass[priority.code()];
        return Optional.ofNullable(hold == null || hold.untilMillis() <= nowMillis ? inLine[priority.code()] : hold);
    }
}
