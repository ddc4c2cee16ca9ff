package dev.sluice.loadtest.load.judging;

import dev.sluice.loadtest.scenario.Fault;
import java.util.List;

/** Which ends of a node that nobody asked for speak against it: not those with which it does as it should, for whoever watches it to start it again. Pure. */
final class NodeEnds {
    /** As where a store is away just then. */
    private static final int DID_NOT_START = 1;
    /** Another node has it: nothing more may be done in its name. */
    private static final int LOST_ITS_SLOT = 3;
    /** After a node's lease, in which nobody takes its slot. */
    private static final double SLOT_KEPT_SECONDS = 60;

    private final boolean keptAway;

    /**
     * @param faults of the run
     * @param node its number, from 1
     */
    NodeEnds(List<Fault> faults, int node) {
        this.keptAway = faults.stream()
                        .filter(fault -> keepsAway(fault, node))
                        .mapToDouble(Fault::forSeconds)
                        .sum()
                > SLOT_KEPT_SECONDS;
    }

    private static boolean keepsAway(Fault fault, int node) {
        return switch (fault.kind()) {
            case FREEZE_NODE -> fault.node() == node;
            case RESTART_POSTGRES, KILL_POSTGRES -> true;
            case KILL_NODE, FLUSH_REDIS, PLATFORM_SLOW, PLATFORM_DOWN, ANSWERS_LOST, REVOKE_CREDENTIALS -> false;
        };
    }

    /**
     * How many do.
     *
     * @param exitCodes of all of them, in order
     * @param runs whether it came back after the last
     */
    long against(List<Integer> exitCodes, boolean runs) {
        boolean gone = !runs && !exitCodes.isEmpty() && exitCodes.getLast() == DID_NOT_START;
        return exitCodes.stream().filter(this::isAgainst).count() + (gone ? 1 : 0);
    }

    private boolean isAgainst(int exitCode) {
        return switch (exitCode) {
            case DID_NOT_START -> false;
            case LOST_ITS_SLOT -> !keptAway;
            default -> true;
        };
    }
}
