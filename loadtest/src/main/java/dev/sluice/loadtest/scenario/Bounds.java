package dev.sluice.loadtest.scenario;

/**
 * What must hold beside the engine's promises. Figures of time depend on the machine, so nothing is asked unless a file asks it.
 *
 * @param acceptP99Millis from the intended start of a request to its 202; 0: not judged
 * @param singlesP99Millis from the intended start of a single send until the platform has it; 0: not judged
 * @param refusedShare most requests that may be refused, as a share of all
 * @param drainSeconds most time from the end of the load until everybody is settled
 */
public record Bounds(double acceptP99Millis, double singlesP99Millis, double refusedShare, double drainSeconds) {}
