package dev.sluice.loadtest.load;

import dev.sluice.loadtest.load.stage.LoadStage;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.ScenarioInvalid;
import dev.sluice.loadtest.scenario.ScenarioOptions;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.terminal.LiveOptions;
import dev.sluice.loadtest.terminal.OutputPlace;
import dev.sluice.loadtest.terminal.SpeakingOptions;
import dev.sluice.loadtest.terminal.StopAtExit;
import dev.sluice.simulator.settings.LimitSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sluice load}: a scenario for real, against the simulated platform or an engine elsewhere. The exit codes are those of {@link Ending}, and 2. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Run a scenario against real nodes and the simulated platform, and judge it by every promise.%n"
                + "用真实节点和模拟平台运行一个场景，并逐项核对承诺。",
        exitCodeListHeading = "Exit codes, 退出码:%n",
        exitCodeList = {
            "0:Every promise was kept. 所有承诺均已兑现。",
            "1:A promise is broken, no rate held, or the run failed. 有承诺未兑现、没有可保持的速率，或运行失败。",
            "2:The command or the scenario cannot be used. 命令或场景无法使用。",
            "3:With --engine: it went away before it said what became of everybody. 远端引擎在说明所有人的结果之前失联。"
        })
public final class LoadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioOptions scenario;

    @Option(
            names = "--report",
            paramLabel = "DIRECTORY",
            description = {
                "Write the report there, as HTML and as JSON: of a run here, of one with --engine, of a search.",
                "把报告（HTML 与 JSON）写入该目录：本地运行、--engine 运行与速率搜索均可。"
            })
    private Path reports;

    @Mixin
    private RemoteOptions remote;

    @Mixin
    private SpeakingOptions speaking;

    @Mixin
    private LiveOptions live;

    @Override
    public Integer call() throws IOException, ScenarioInvalid {
        Scenario asked = scenario.read(
                this::unnamed, LimitSettings.defaults().current().tiers().keySet());
        if (asked.stage().egressAddresses() > 1) {
            throw wrong("stage.egressAddresses: a load runs behind one address; only plan takes more");
        }
        Optional<LoadOptions.Remote> elsewhere = remote.read(asked);
        if (reports != null) {
            new OutputPlace(spec, "--report").directory(reports);
        }
        LoadOptions options = new LoadOptions(
                asked,
                System.getProperty("java.class.path"),
                command(),
                elsewhere,
                Optional.ofNullable(reports),
                live.columns(),
                speaking.language());
        return run(options).exitCode();
    }

    private Scenario unnamed() {
        throw wrong("name a scenario file, such as loadtest/scenarios/steady.yaml");
    }

    /** As it was typed, without the key. */
    private String command() {
        List<String> arguments = spec.commandLine().getParent().getParseResult().originalArgs();
        return "./sluice " + String.join(" ", remote.withoutKey(arguments));
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private Ending run(LoadOptions options) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Conclusion conclusion = new Conclusion(options, out);
        Language spoken = options.language();
        out.println(spoken.say(
                options.scenario().descriptionEn(), options.scenario().descriptionZh()));
        out.flush();
        if (options.remote().isPresent()) {
            return conclusion.of(
                    elsewhere(new RemoteRun(options, options.remote().get(), out)));
        }
        LoadStage stage = new LoadStage();
        StopAtExit atExit = StopAtExit.of("load-stop", stage::close);
        try {
            int nodes = options.scenario().stage().nodes();
            out.println(spoken.say(
                    "Starting Postgres, Redis, the simulated platform and %s ..."
                            .formatted(nodes == 1 ? "a node" : nodes + " nodes"),
                    "正在启动 Postgres、Redis、模拟平台和 %d 个节点……".formatted(nodes)));
            out.flush();
            stage.start(options.scenario().stage(), options.scenario().seed(), options.classPath());
            return options.scenario().search().isPresent()
                    ? conclusion.of(new SearchRun(options, stage, out).perform())
                    : conclusion.of(new LoadRun(options, stage, out).perform());
        } catch (RuntimeException failure) {
            throw stage.isClosed() ? stopped(failure) : failure;
        } finally {
            stage.close();
            atExit.disarm();
        }
    }

    /** Whatever failed then failed because everything was being stopped. */
    private static RuntimeException stopped(RuntimeException failure) {
        return new IllegalStateException("stopped before it was over: there is no verdict and no report", failure);
    }

    private JudgedRun elsewhere(RemoteRun run) throws IOException {
        Optional<String> obstacle = run.obstacle();
        if (obstacle.isPresent()) {
            throw wrong(obstacle.get());
        }
        return run.perform();
    }
}
