package dev.sluice.loadtest.plan.virtual;

import dev.sluice.engine.quota.CalendarEdge;
import dev.sluice.engine.quota.GateLines;
import dev.sluice.engine.quota.LaneGates.PeopleRule;
import dev.sluice.engine.quota.SlotTiming;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What all lanes share: time, gates, marks of people, chance. Confined to one thread. */
public final class VirtualWorld {
    private final VirtualTime time;
    private final MemorySlots slots;
    private final CalendarEdge edge;
    private final Pace pace;
    private final RandomGenerator random;
    private final Witness witness;
    private final Map<PeopleRule, MemoryPeople> people = new HashMap<>();
    private final GateLines lines;
    private long dayEndsMillis = Long.MIN_VALUE;
    private long calls;

    /**
     * @param clockErrorMillis how far clocks may be apart at midnight, as the engine assumes
     */
    public VirtualWorld(
            VirtualTime time,
            SlotTiming timing,
            long clockErrorMillis,
            Pace pace,
            RandomGenerator random,
            Witness witness) {
        this.time = time;
        // Room for all: the lanes of many nodes stand here, and a full line decides who is next, not when all are
        // through.
        this.lines = new GateLines(time.clockwork(), Integer.MAX_VALUE);
        this.slots = new MemorySlots(timing);
        this.edge = CalendarEdge.of(timing, clockErrorMillis);
        this.pace = pace;
        this.random = random;
        this.witness = witness;
    }

    VirtualTime time() {
        return time;
    }

    MemorySlots slots() {
        return slots;
    }

    CalendarEdge edge() {
        return edge;
    }

    Pace pace() {
        return pace;
    }

    RandomGenerator random() {
        return random;
    }

    Witness witness() {
        return witness;
    }

    /** The marks of today; those of other days are forgotten. */
    MemoryPeople people(PeopleRule rule) {
        if (time.nowMillis() >= dayEndsMillis) {
            LocalDate today = CalendarEdge.dayOf(time.now());
            dayEndsMillis = CalendarEdge.startOf(today.plusDays(1)).toEpochMilli();
            people.clear();
        }
        return people.computeIfAbsent(rule, MemoryPeople::new);
    }

    /** Where lanes stand in line at limits that they share. */
    GateLines lines() {
        return lines;
    }

    /** Makes a call: tells when it leaves, which may be well after its slots were granted, and when it is answered. */
    void call(long grantedMicros, long slotsFreeMicros, Runnable left, Runnable answered) {
        time.at(pace.leavesMicros(grantedMicros, slotsFreeMicros), () -> {
            left.run();
            time.at(time.nowMicros() + pace.answerMicros(random), answered);
        });
    }

    long nextCallId() {
        return ++calls;
    }
}
