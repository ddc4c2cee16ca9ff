package dev.sluice.simulator.directory;

/** How a user id stands towards the apps of an organisation. */
public enum Standing {
    /** An ordinary person whom apps may reach. */
    MEMBER,
    /** Exists, but lies outside the apps' authorised scope. */
    OUT_OF_SCOPE,
    /** Exists, but "super executive" protection keeps messages away (1430004). */
    SUPER_EXECUTIVE,
    /** No such person. */
    UNKNOWN
}
