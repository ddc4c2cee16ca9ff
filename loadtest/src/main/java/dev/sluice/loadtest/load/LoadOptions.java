package dev.sluice.loadtest.load;

import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.terminal.Language;
import java.util.Optional;

/**
 * How to run a load.
 *
 * @param scenario in the size to run
 * @param classPath of this program, for the nodes' processes
 * @param command that repeats the run
 * @param columns of the terminal; empty: plain lines
 * @param language of what is shown
 */
public record LoadOptions(
        Scenario scenario, String classPath, String command, Optional<Integer> columns, Language language) {}
