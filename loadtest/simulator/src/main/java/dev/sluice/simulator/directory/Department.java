package dev.sluice.simulator.directory;

/** A department; the root has id 1 and parent 0. */
public record Department(long id, String name, long parentId) {
    /** Id of the root of every organisation. */
    public static final long ROOT = 1;
}
