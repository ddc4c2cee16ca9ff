package dev.sluice.loadtest.scenario;

import java.util.Set;

/** How people are sent to. */
public enum LoadKind {
    /** Requests for one person each, at a rate. */
    SINGLES,
    /** Requests for several people each, at a rate. */
    BULK,
    /** One people file of each tenant, uploaded before the start and started at its time. */
    CAMPAIGN;

    /** Keys of every kind. */
    private static final Set<String> COMMON = Set.of(
            "kind",
            "tenants",
            "fromSeconds",
            "content",
            "contents",
            "priority",
            "deliverWithinSeconds",
            "unknownShare",
            "expect");

    /** Whether a load of this kind may have a key. */
    boolean knows(String key) {
        return COMMON.contains(key) || own().contains(key);
    }

    /** Whether it goes on at a rate, or happens once. */
    public boolean hasRate() {
        return this != CAMPAIGN;
    }

    private Set<String> own() {
        return switch (this) {
            case SINGLES -> Set.of("untilSeconds", "perSecond", "arrivals", "rampSeconds");
            case BULK -> Set.of("untilSeconds", "perSecond", "arrivals", "rampSeconds", "people", "duplicateShare");
            case CAMPAIGN -> Set.of("people", "duplicateShare", "cancelAfterSeconds");
        };
    }
}
