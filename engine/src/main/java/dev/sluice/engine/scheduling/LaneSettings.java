package dev.sluice.engine.scheduling;

import dev.sluice.engine.quota.SlotTiming;

/**
 * Bounds of a lane.
 *
 * @param pageSize deliveries of a submission read at once, fewer where a lane has hundreds of them; half costs more reads, double more memory for each open submission
 * @param mostCallsInFlight calls of one lane without an answer; at the bound the lane waits for one
 * @param timing how long a call may be under way
 * @param monthHoldMillis how long a spent month is believed when nobody says that it changed; half asks Postgres twice as often, double notices a silent grant later
 */
public record LaneSettings(int pageSize, int mostCallsInFlight, SlotTiming timing, long monthHoldMillis) {
    /** Half a page must fill a call of any kind: a batch waits for its leader's next page. */
    private static final int SMALLEST_PAGE = 200;

    public LaneSettings {
        if (pageSize < SMALLEST_PAGE || mostCallsInFlight < 1) {
            throw new IllegalArgumentException("a lane needs pages of " + SMALLEST_PAGE + " and a call in flight");
        }
    }
}
