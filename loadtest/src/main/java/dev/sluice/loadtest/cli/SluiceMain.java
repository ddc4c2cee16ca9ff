package dev.sluice.loadtest.cli;

import dev.sluice.loadtest.bench.BenchCommand;
import dev.sluice.loadtest.load.LoadCommand;
import dev.sluice.simulator.SimulatorCommand;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./sluice}: one command line for everything. Exit codes: 0 done, 1 it failed, 2 the command or the configuration was wrong; some commands have one more. */
@Command(
        name = "sluice",
        mixinStandardHelpOptions = true,
        version = "sluice 0.1.0",
        description = {"A quota-exact delivery engine for DingTalk.", "面向钉钉的消息投递引擎，精确遵守平台配额。"},
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            MigrateCommand.class,
            AdminKeyCommand.class,
            RotateMasterKeyCommand.class,
            SimulatorCommand.class,
            BenchCommand.class,
            LoadCommand.class,
            PlanCommand.class
        })
public final class SluiceMain {
    private SluiceMain() {}

    public static void main(String[] arguments) {
        // Numbers become ids, statements, configurations and files: in some locales they would be written with other
        // digits.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        System.exit(commandLine().execute(arguments));
    }

    /** The command line with our manners: one line for a mistake, never a stack trace. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new SluiceMain());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Complaints::ofTheCommand);
        line.setExecutionExceptionHandler(Complaints::ofTheRun);
        return line;
    }
}
