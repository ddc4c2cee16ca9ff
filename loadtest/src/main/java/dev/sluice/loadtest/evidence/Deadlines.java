package dev.sluice.loadtest.evidence;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether contents were shown to somebody although all who may have them had a deadline that was over. Not thread-safe. */
public final class Deadlines {
    private final long lateMillis;
    private long contents;
    private long passed;

    /**
     * @param lateMillis so long a call may take from its leaving until the platform has it
     */
    public Deadlines(long lateMillis) {
        this.lateMillis = lateMillis;
    }

    /**
     * Looks at an organisation.
     *
     * @param submissions all of its tenant
     * @param tally what the platform showed there
     */
    public void add(List<Books.Submission> submissions, PlatformTally tally) {
        Map<Long, Instant> last = new HashMap<>();
        submissions.forEach(one -> last.merge(
                one.contentHash(),
                one.deliverBy() == null ? Instant.MAX : one.deliverBy(),
                (some, other) -> some.isAfter(other) ? some : other));
        last.values().removeIf(Instant.MAX::equals);
        contents += last.size();
        passed += last.entrySet().stream()
                .filter(content -> tally.lastShownMillis(content.getKey())
                        > content.getValue().toEpochMilli() + lateMillis)
                .count();
    }

    /** Contents of which each has a deadline wherever it is. */
    public long contents() {
        return contents;
    }

    /** Of them, those that somebody was shown after the last. */
    public long passed() {
        return passed;
    }
}
