package dev.sluice.loadtest.cli;

import dev.sluice.engine.config.ConfigInvalid;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.terminal.OneLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What a person at the terminal is told when something goes wrong. */
final class Complaints {
    private static final Logger log = LoggerFactory.getLogger(Complaints.class);
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private Complaints() {}

    /** A wrong option or argument: one line that names it and the way to help. */
    static int ofTheCommand(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        String sentence =
                mistake.getMessage().lines().findFirst().map(OneLine::of).orElse("wrong usage");
        command.getErr()
                .printf(
                        "%s; see ./%s --help%n",
                        sentence, command.getCommandSpec().qualifiedName());
        return WRONG;
    }

    /** A failed run: what failed; of a scenario all that is wrong with it, a line each. The stack is in the log at level DEBUG only. */
    static int ofTheRun(Exception failure, CommandLine command, ParseResult parsed) {
        log.debug("failed", failure);
        if (failure instanceof ScenarioInvalid invalid) {
            invalid.faults().forEach(command.getErr()::println);
            return WRONG;
        }
        String sentence = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + sentence);
        return failure instanceof ConfigInvalid ? WRONG : FAILED;
    }
}
