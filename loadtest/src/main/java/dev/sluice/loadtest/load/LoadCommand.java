package dev.sluice.loadtest.load;

import dev.sluice.loadtest.load.stage.LoadStage;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioFile;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sluice load}: a scenario for real, against the simulated platform. Exit code 1 if a promise is broken, 2 for a scenario that cannot be used. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Run a scenario against real nodes and the simulated platform, and judge it by every promise.%n"
                + "用真实节点和模拟平台运行一个场景，并逐项核对承诺。")
public final class LoadCommand implements Callable<Integer> {
    private static final int WRONG = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SCENARIO",
            description = {"A file such as loadtest/scenarios/steady.yaml.", "场景文件，例如 loadtest/scenarios/steady.yaml。"})
    private Path file;

    @Option(
            names = "--scale",
            defaultValue = "1",
            description = {
                "Rates, tenants and people times this, such as 0.1 (default: ${DEFAULT-VALUE}).",
                "按比例缩放速率、租户和人数，例如 0.1（默认 ${DEFAULT-VALUE}）。"
            })
    private double scale;

    @Option(
            names = "--lang",
            description = {"${COMPLETION-CANDIDATES} (default: from the locale).", "语言（默认取系统区域设置）。"})
    private Language language;

    @Option(
            names = "--plain",
            description = {"Plain lines, also on a terminal.", "在终端上也只输出普通文本行。"})
    private boolean plain;

    @Override
    public Integer call() throws IOException {
        if (scale <= 0 || scale > 100) {
            throw new ParameterException(spec.commandLine(), "--scale: must be above 0 and at most 100");
        }
        Optional<Scenario> scenario = read();
        if (scenario.isEmpty()) {
            return WRONG;
        }
        LoadOptions options = new LoadOptions(
                scenario.get().scaled(scale),
                System.getProperty("java.class.path"),
                "./sluice "
                        + String.join(
                                " ",
                                spec.commandLine().getParent().getParseResult().originalArgs()),
                plain ? Optional.empty() : Terminal.columns(),
                language == null ? Language.of(Locale.getDefault()) : language);
        return run(options) ? 0 : 1;
    }

    private Optional<Scenario> read() {
        try {
            return Optional.of(ScenarioFile.read(file));
        } catch (ScenarioInvalid invalid) {
            PrintWriter err = spec.commandLine().getErr();
            invalid.faults().forEach(fault -> err.println(file + ": " + fault));
            err.flush();
            return Optional.empty();
        }
    }

    private boolean run(LoadOptions options) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        LoadStage stage = new LoadStage();
        Thread stop = new Thread(stage::close, "load-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            Language spoken = options.language();
            out.println(spoken.say(
                    options.scenario().descriptionEn(), options.scenario().descriptionZh()));
            out.println(spoken.say(
                    "Starting Postgres, Redis, the simulated platform and %d nodes ..."
                            .formatted(options.scenario().stage().nodes()),
                    "正在启动 Postgres、Redis、模拟平台和 %d 个节点……"
                            .formatted(options.scenario().stage().nodes())));
            out.flush();
            stage.start(options.scenario().stage(), options.scenario().seed(), options.classPath());
            return conclude(new LoadRun(options, stage, out).perform(), spoken, out);
        } finally {
            stage.close();
            removeHook(stop);
        }
    }

    private static boolean conclude(LoadRun.Result result, Language language, PrintWriter out) {
        out.println();
        result.verdict().lines(language).forEach(out::println);
        result.bookFaults().forEach(out::println);
        out.println();
        out.println(
                result.verdict().holds()
                        ? language.say("Every promise was kept.", "所有承诺均已兑现。")
                        : language.say("A PROMISE IS BROKEN: see above.", "有承诺未兑现：见上表。"));
        out.flush();
        return result.verdict().holds();
    }

    private static void removeHook(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException endingAnyway) {
            // The hook runs already: it closes the same stage.
        }
    }
}
