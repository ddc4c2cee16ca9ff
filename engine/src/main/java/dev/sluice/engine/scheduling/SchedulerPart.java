package dev.sluice.engine.scheduling;

/**
 * Which part of a node's scheduling an instance is.
 *
 * @param index from 0
 * @param instances how many there are
 * @param callsInFlight most calls in flight of this instance
 * @param node the node's name
 */
record SchedulerPart(int index, int instances, int callsInFlight, String node) {
    /** Whether the app falls to this instance, on whichever node. */
    boolean has(long appId) {
        return Math.floorMod(appId, instances) == index;
    }
}
