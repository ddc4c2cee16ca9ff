package dev.sluice.loadtest.cli;

import dev.sluice.engine.config.ConfigInvalid;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.terminal.OneLine;
import java.nio.file.FileSystemException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person at the terminal is told when something goes wrong. */
final class Complaints {
    private static final Logger log = LoggerFactory.getLogger(Complaints.class);
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private Complaints() {}

    /** A wrong option or argument: one line that names it and the way to help. */
    static int ofTheCommand(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        command.getErr()
                .printf(
                        "%s; see ./%s --help%n",
                        sentence(mistake), command.getCommandSpec().qualifiedName());
        return WRONG;
    }

    private static String sentence(ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unmatched && isNoCommand(unmatched)) {
            String nearest = unmatched.getSuggestions().stream()
                    .findFirst()
                    .map(" (did you mean %s?)"::formatted)
                    .orElse("");
            return "there is no command " + OneLine.of(unmatched.getUnmatched().getFirst()) + nearest;
        }
        return mistake.getMessage().lines().findFirst().map(OneLine::of).orElse("wrong usage");
    }

    private static boolean isNoCommand(UnmatchedArgumentException unmatched) {
        return !unmatched.isUnknownOption()
                && !unmatched.getCommandLine().getSubcommands().isEmpty();
    }

    /** A failed run: what failed; of a scenario all that is wrong with it, a line each. The stack is in the log at level DEBUG only. */
    static int ofTheRun(Exception thrown, CommandLine command, ParseResult parsed) {
        log.debug("failed", thrown);
        Throwable failure = cause(thrown);
        if (failure instanceof ScenarioInvalid invalid) {
            invalid.faults().forEach(command.getErr()::println);
            return WRONG;
        }
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + sentence(failure));
        return failure instanceof ConfigInvalid ? WRONG : FAILED;
    }

    /** What failed on another thread comes in a wrapping that says only of which class it is. */
    private static Throwable cause(Throwable thrown) {
        Throwable failure = thrown;
        while ((failure instanceof CompletionException || failure instanceof ExecutionException)
                && failure.getCause() != null) {
            failure = failure.getCause();
        }
        return failure;
    }

    /** What says of a file only which one it is says nothing. */
    private static String sentence(Throwable failure) {
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return "cannot use %s (%s): is its directory there, and may you write in it?"
                    .formatted(file.getFile(), file.getClass().getSimpleName());
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
