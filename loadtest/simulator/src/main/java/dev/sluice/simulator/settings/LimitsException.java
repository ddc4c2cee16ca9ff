package dev.sluice.simulator.settings;

import java.util.List;

/** Limits that cannot be used; carries every fault, each with the key it is about. */
public final class LimitsException extends IllegalArgumentException {
    private final List<String> faults;

    public LimitsException(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }
}
