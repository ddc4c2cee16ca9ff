package dev.sluice.engine.scheduling;

/**
 * Bounds of a lane.
 *
 * @param pageSize deliveries of a submission read at once; half costs more reads, double more memory for each open submission
 * @param mostCallsInFlight calls of one lane without an answer; at the bound the lane waits for one
 * @param callDeadlineMillis the longest that a call may take
 * @param latenessMillis the longest that a request may still arrive after its deadline
 * @param monthHoldMillis how long a spent month is believed when nobody says that it changed; half asks Postgres twice as often, double notices a silent grant later
 */
public record LaneSettings(
        int pageSize, int mostCallsInFlight, long callDeadlineMillis, long latenessMillis, long monthHoldMillis) {
    /** Half a page must fill a call of any kind: a batch waits for its leader's next page. */
    private static final int SMALLEST_PAGE = 200;

    public LaneSettings {
        if (pageSize < SMALLEST_PAGE || mostCallsInFlight < 1) {
            throw new IllegalArgumentException("a lane needs pages of " + SMALLEST_PAGE + " and a call in flight");
        }
    }
}
