package dev.sluice.loadtest.evidence;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Whether contents were shown to somebody although it was over for all who may have them: a deadline had passed, or a cancel was answered. Not thread-safe. */
public final class Ends {
    private final long lateMillis;
    private long contents;
    private long passed;

    /**
     * @param lateMillis so long a call may take from its leaving until the platform has it
     */
    public Ends(long lateMillis) {
        this.lateMillis = lateMillis;
    }

    /**
     * Looks at an organisation.
     *
     * @param submissions all of its tenant
     * @param end when it is over for one; {@link Instant#MAX}: never
     * @param tally what the platform showed there
     */
    public void add(List<Books.Submission> submissions, Function<Books.Submission, Instant> end, PlatformTally tally) {
        Map<Long, Instant> last = new HashMap<>();
        submissions.forEach(one ->
                last.merge(one.contentHash(), end.apply(one), (some, other) -> some.isAfter(other) ? some : other));
        last.values().removeIf(Instant.MAX::equals);
        contents += last.size();
        passed += last.entrySet().stream()
                .filter(content -> tally.lastShownMillis(content.getKey())
                        > content.getValue().toEpochMilli() + lateMillis)
                .count();
    }

    /** Contents that end wherever they are. */
    public long contents() {
        return contents;
    }

    /** Of them, those that somebody was shown after the last end. */
    public long passed() {
        return passed;
    }
}
