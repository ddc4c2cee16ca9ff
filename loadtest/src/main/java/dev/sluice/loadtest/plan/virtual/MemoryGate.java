package dev.sluice.loadtest.plan.virtual;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** One gate as the scripts keep it: what is held, by when it is free. Bounded by the capacity of the gate. */
final class MemoryGate {
    /** A gate frees at most so many entries at a time, and looks at so many for the time of its opening, as the scripts do. */
    private static final int MOST_FREED = 1_000;

    private static final int MOST_LOOKED_AT = 512;

    private final TreeSet<Held> held = new TreeSet<>();
    private final Map<String, Held> byEntry = new HashMap<>();
    private long taken;

    /** An entry of the sorted set: {@code units:token}. */
    private record Held(long freeAtMicros, int units, String entry) implements Comparable<Held> {
        @Override
        public int compareTo(Held other) {
            int byTime = Long.compare(freeAtMicros, other.freeAtMicros);
            return byTime != 0 ? byTime : entry.compareTo(other.entry);
        }
    }

    /** How long until so many units fit below a ceiling. */
    long waitMicros(int units, long ceiling, long nowMicros) {
        freeWhatIsDue(nowMicros);
        return taken + units > ceiling ? microsUntilFree(taken + units - ceiling, nowMicros) : 0;
    }

    void take(String token, int units, long freeAtMicros) {
        add(new Held(freeAtMicros, units, units + ":" + token));
    }

    /** What the token still holds comes back: of what was taken, so much is kept until a time and the rest is free at once. */
    void settle(String token, int units, int kept, long freeAtMicros) {
        Held taken = byEntry.get(units + ":" + token);
        Held mine = taken == null ? byEntry.get(kept + ":" + token) : taken;
        if (mine != null) {
            remove(mine);
            if (kept > 0) {
                add(new Held(freeAtMicros, kept, kept + ":" + token));
            }
        }
    }

    private void freeWhatIsDue(long nowMicros) {
        for (int i = 0; i < MOST_FREED && !held.isEmpty() && held.first().freeAtMicros <= nowMicros; i++) {
            remove(held.first());
        }
    }

    private long microsUntilFree(long missingUnits, long nowMicros) {
        long missing = missingUnits;
        long freeAtMicros = nowMicros;
        int looked = 0;
        for (Held one : held) {
            if (looked++ == MOST_LOOKED_AT) {
                break;
            }
            freeAtMicros = one.freeAtMicros;
            missing -= one.units;
            if (missing <= 0) {
                return freeAtMicros - nowMicros;
            }
        }
        return Math.max(freeAtMicros - nowMicros, MemorySlots.LEAD_MICROS + 1);
    }

    private void add(Held one) {
        held.add(one);
        byEntry.put(one.entry, one);
        taken += one.units;
    }

    private void remove(Held one) {
        held.remove(one);
        byEntry.remove(one.entry);
        taken -= one.units;
    }
}
