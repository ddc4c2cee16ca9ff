package dev.sluice.loadtest.scenario;

import java.util.Locale;
import java.util.Set;

/** What can go wrong during a run. */
public enum FaultKind {
    /** kill -9 of a node; it starts again after {@code forSeconds}. */
    KILL_NODE,
    /** SIGSTOP of a node, SIGCONT after {@code forSeconds}. */
    FREEZE_NODE,
    /** FLUSHALL. */
    FLUSH_REDIS,
    /** Postgres stops and starts again after {@code forSeconds}. */
    RESTART_POSTGRES,
    /** kill -9 of Postgres, all its processes at once; it recovers and starts again after {@code forSeconds}. */
    KILL_POSTGRES,
    /** Every answer of the platform takes {@code millis} longer. */
    PLATFORM_SLOW,
    /** The platform answers every call with HTTP 503. */
    PLATFORM_DOWN,
    /** The platform acts on this {@code percent} of the calls, but the answer gets lost. */
    ANSWERS_LOST,
    /** The apps of {@code tenants} get another secret at the platform, and their tokens end. */
    REVOKE_CREDENTIALS;

    private static final Set<String> COMMON = Set.of("kind", "atSeconds");

    /** As in a scenario file: lower case, hyphens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a fault of this kind has a key. */
    boolean knows(String key) {
        return COMMON.contains(key) || own().contains(key);
    }

    /** Whether Postgres is away for a while. */
    boolean stopsPostgres() {
        return this == RESTART_POSTGRES || this == KILL_POSTGRES;
    }

    private Set<String> own() {
        return switch (this) {
            case KILL_NODE -> Set.of("node", "forSeconds");
            case FREEZE_NODE -> Set.of("node", "forSeconds");
            case FLUSH_REDIS -> Set.of();
            case RESTART_POSTGRES, KILL_POSTGRES -> Set.of("forSeconds");
            case PLATFORM_SLOW -> Set.of("forSeconds", "millis");
            case PLATFORM_DOWN -> Set.of("forSeconds");
            case ANSWERS_LOST -> Set.of("forSeconds", "percent");
            case REVOKE_CREDENTIALS -> Set.of("tenants");
        };
    }
}
