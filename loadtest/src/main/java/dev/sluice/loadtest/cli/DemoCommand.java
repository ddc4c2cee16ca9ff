package dev.sluice.loadtest.cli;

import ch.qos.logback.classic.Level;
import dev.sluice.loadtest.demo.Demo;
import dev.sluice.loadtest.demo.DemoOptions;
import dev.sluice.loadtest.demo.PeopleFile;
import dev.sluice.loadtest.demo.PeopleInvalid;
import dev.sluice.loadtest.terminal.LiveOptions;
import dev.sluice.loadtest.terminal.OutputPlace;
import dev.sluice.loadtest.terminal.SpeakingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sluice demo}: the main job against the simulated platform. Exit code 1 if a promise is broken. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Run the main job against a simulated DingTalk: three tenants, a campaign each, and a verdict.%n"
                + "在模拟的钉钉平台上完整演示：三个租户各一次群发，最后给出核对结果。")
final class DemoCommand implements Callable<Integer> {
    private static final int PEOPLE_PER_MINUTE = 5_000;
    private static final int USUAL_LINES = 10_000;
    private static final int MOST_LINES = 200_000;
    private static final int LEAST_LINES = 10;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--people",
            paramLabel = "COUNT|FILE",
            description = {
                "People of each tenant (default 10000), or your own CSV with a column recipient.",
                "每个租户的人数（默认 10000），或自己的 CSV 名单（含 recipient 列）。"
            })
    private String people;

    @Option(
            names = "--seconds",
            description = {"As many people as 5,000 a minute carry in about so long.", "按每分钟 5,000 人计算的大致时长（秒）。"})
    private Integer seconds;

    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            description = {"Keep files and databases there (default: a temporary directory).", "数据保留目录（默认用临时目录）。"})
    private Path directory;

    @Mixin
    private SpeakingOptions speaking;

    @Mixin
    private LiveOptions live;

    @Override
    public Integer call() throws IOException {
        DemoOptions options = new DemoOptions(
                file(),
                lines(),
                Optional.ofNullable(directory).map(Path::toAbsolutePath),
                live.columns(),
                speaking.language());
        if (directory != null) {
            new OutputPlace(spec, "--data").directory(directory);
        }
        // A line of the log in the middle of the bars would tear them; what goes wrong shows in the verdict.
        Quiet.below(options.columns().isPresent() ? Level.ERROR : Level.WARN);
        Demo demo = new Demo(options, ServeParts::of, spec.commandLine().getOut());
        return demo.run() ? 0 : 1;
    }

    private boolean namesFile() {
        return people != null && !people.matches("\\d{1,9}");
    }

    private Optional<PeopleFile> file() {
        if (!namesFile()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PeopleFile.read(Path.of(people)));
        } catch (PeopleInvalid e) {
            throw wrong("--people: " + e.getMessage());
        }
    }

    private int lines() {
        if (people != null && seconds != null) {
            throw wrong("--people and --seconds both say how many people there are: give one of them");
        }
        if (people != null && !namesFile()) {
            return within("--people", Long.parseLong(people));
        }
        return seconds == null ? USUAL_LINES : within("--seconds", (long) seconds * PEOPLE_PER_MINUTE / 60);
    }

    private int within(String option, long lines) {
        if (lines < LEAST_LINES || lines > MOST_LINES) {
            throw wrong("%s: a demo takes %d to %d people a tenant, not %d"
                    .formatted(option, LEAST_LINES, MOST_LINES, lines));
        }
        return (int) lines;
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
