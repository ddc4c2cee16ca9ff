package dev.sluice.loadtest.scenario;

/**
 * Something that goes wrong. What its kind does not have is 0 or empty.
 *
 * @param kind what
 * @param atSeconds when it begins
 * @param forSeconds how long it lasts
 * @param node which node, from 1
 * @param tenants name of the group that it meets
 * @param millis how slow
 * @param percent how many, 1 to 100
 */
public record Fault(
        FaultKind kind, double atSeconds, double forSeconds, int node, String tenants, int millis, int percent) {
    /** Whether both stop the same at one time: the end of one would start what the other has stopped. */
    boolean meets(Fault other) {
        boolean same = switch (kind) {
            case KILL_NODE, FREEZE_NODE -> other.node == node;
            case RESTART_POSTGRES, KILL_POSTGRES -> other.kind.stopsPostgres();
            case FLUSH_REDIS, PLATFORM_SLOW, PLATFORM_DOWN, ANSWERS_LOST, REVOKE_CREDENTIALS -> false;
        };
        return same && atSeconds <= other.atSeconds + other.forSeconds && other.atSeconds <= atSeconds + forSeconds;
    }
}
