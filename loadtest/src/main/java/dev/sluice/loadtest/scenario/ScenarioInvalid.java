package dev.sluice.loadtest.scenario;

import java.util.List;

/** A scenario that cannot be used. */
public final class ScenarioInvalid extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> faults;

    /**
     * @param faults all of them, one line each, with the path of what is wrong
     */
    public ScenarioInvalid(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** All that is wrong, one line each. */
    public List<String> faults() {
        return faults;
    }
}
