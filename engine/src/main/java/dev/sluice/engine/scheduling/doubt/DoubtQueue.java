package dev.sluice.engine.scheduling.doubt;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The doubtful calls of a lane, oldest first, and whose turn it is. Pure; bounded by what is read at once and by the calls in flight. */
public final class DoubtQueue {
    /** Doubts that are written or resent at once; the others wait their turn. Half takes a dead node's calls over half as fast, double fills the settler's queue. */
    private static final int MOST_AT_ONCE = 64;
    /** Resends among them: they take slots from those who were never sent to. */
    private static final int MOST_RESENDS_AT_ONCE = 4;

    private final Map<Long, Doubt> doubts = new TreeMap<>();

    /** One more, behind those of earlier calls. */
    public void add(Doubt doubt) {
        doubts.put(doubt.call().callId(), doubt);
    }

    /** Null for a call that is not in doubt (any more). */
    public Doubt get(long callId) {
        return doubts.get(callId);
    }

    /** Whether the call is in doubt. */
    public boolean has(long callId) {
        return doubts.containsKey(callId);
    }

    /** It is in doubt no more. */
    public void remove(long callId) {
        doubts.remove(callId);
    }

    /** All of them; a view. */
    public Set<Long> callIds() {
        return doubts.keySet();
    }

    /** Those whose next step may be taken now, as many as there is room for. */
    public List<Doubt> due(long nowMillis) {
        if (doubts.isEmpty()) {
            return List.of();
        }
        long busy = doubts.values().stream().filter(Doubt::busy).count();
        return doubts.values().stream()
                .filter(doubt -> doubt.due(nowMillis))
                .limit(Math.max(0, MOST_AT_ONCE - busy))
                .toList();
    }

    /** Whether one more may be resent now. */
    public boolean hasRoomForResend() {
        return doubts.values().stream()
                        .filter(doubt -> doubt.phase() == Doubt.Phase.RESENDING)
                        .count()
                < MOST_RESENDS_AT_ONCE;
    }
}
