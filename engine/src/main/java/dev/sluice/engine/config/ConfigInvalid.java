package dev.sluice.engine.config;

import java.util.List;

/** The configuration cannot be used; says everything that is wrong with it at once. Repeats no values, since some are secrets. */
public final class ConfigInvalid extends RuntimeException {
    private final transient List<String> faults;

    /** Each fault is a sentence that starts with the key's path and ends with what to do. */
    public ConfigInvalid(List<String> faults) {
        super("the configuration has %d fault%s:\n  %s"
                .formatted(faults.size(), faults.size() == 1 ? "" : "s", String.join("\n  ", faults)));
        this.faults = List.copyOf(faults);
    }

    /** The faults, in the order of the file. */
    public List<String> faults() {
        return faults;
    }
}
