package dev.sluice.loadtest.scenario;

import dev.sluice.loadtest.terminal.OneLine;
import java.util.List;

/** A scenario that cannot be used. */
public final class ScenarioInvalid extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> faults;

    /**
     * @param faults all of them, one line each, with the path of what is wrong
     */
    public ScenarioInvalid(List<String> faults) {
        super(String.join("\n", lines(faults)));
        this.faults = lines(faults);
    }

    /** A value that is wrong is named in them as it stands in the file. */
    private static List<String> lines(List<String> faults) {
        return faults.stream().map(OneLine::of).toList();
    }

    /** All that is wrong, one line each. */
    public List<String> faults() {
        return faults;
    }
}
