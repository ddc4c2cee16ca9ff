package dev.sluice.engine.scheduling;

import dev.sluice.engine.scheduling.hold.Trouble;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * When a log should say that lanes wait although no limit holds them: once for each cause, when it has lasted, and once when it has been over for a while. Pure;
 * confined to one event loop.
 */
final class HeldNotices {
    /** Shorter ones end before anybody reads of them. */
    private static final long LASTING_NANOS = 5_000_000_000L;
    /** A call that tries whether the platform answers takes its lane out of the held ones until its deadline. */
    private static final long OVER_NANOS = 30_000_000_000L;

    /**
     * Something to say.
     *
     * @param lanes that wait for it; 0: none has waited for it for a while
     */
    record Notice(Trouble cause, int lanes) {}

    /** A cause that lanes wait for, since when and until when at least, in monotonic nanoseconds. */
    private static final class Spell {
        private final long sinceNanos;
        private long lastNanos;
        private boolean told;

        private Spell(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    private final Map<Trouble, Spell> spells = new EnumMap<>(Trouble.class);

    /**
     * What to say now.
     *
     * @param held lanes by what they wait for, as they were counted now
     */
    List<Notice> of(Map<Trouble, Integer> held, long nowNanos) {
        List<Notice> notices = new ArrayList<>();
        held.forEach((cause, lanes) -> {
            Spell spell = spells.computeIfAbsent(cause, begun -> new Spell(nowNanos));
            spell.lastNanos = nowNanos;
            if (!spell.told && nowNanos - spell.sinceNanos >= LASTING_NANOS) {
                spell.told = true;
                notices.add(new Notice(cause, lanes));
            }
        });
        spells.entrySet().removeIf(entry -> {
            Spell spell = entry.getValue();
            boolean over =
                    !held.containsKey(entry.getKey()) && (!spell.told || nowNanos - spell.lastNanos >= OVER_NANOS);
            if (over && spell.told) {
                notices.add(new Notice(entry.getKey(), 0));
            }
            return over;
        });
        return notices;
    }
}
