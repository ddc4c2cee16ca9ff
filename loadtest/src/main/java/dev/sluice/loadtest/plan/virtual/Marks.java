package dev.sluice.loadtest.plan.virtual;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What somebody got today. People who got the same in the same order share one, so equal marks are the same object. */
final class Marks {
    private final Marks before;
    private final UUID content;
    private final int count;
    private final Map<UUID, Marks> after = new HashMap<>(2);

    private Marks(Marks before, UUID content, int count) {
        this.before = before;
        this.content = content;
        this.count = count;
    }

    /** Nothing yet. */
    static Marks none() {
        return new Marks(null, null, 0);
    }

    int count() {
        return count;
    }

    /** Without the last one. */
    Marks before() {
        return before;
    }

    /** With one more. */
    Marks and(UUID another) {
        return after.computeIfAbsent(another, key -> new Marks(this, another, count + 1));
    }

    boolean have(UUID asked) {
        for (Marks one = this; one != null; one = one.before) {
            if (asked.equals(one.content)) {
                return true;
            }
        }
        return false;
    }
}
