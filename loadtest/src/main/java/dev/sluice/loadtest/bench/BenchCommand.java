package dev.sluice.loadtest.bench;

import dev.sluice.engine.embedded.DirectoryTree;
import dev.sluice.engine.embedded.PostgresPrograms;
import dev.sluice.loadtest.bench.report.Machine;
import dev.sluice.loadtest.bench.report.Part;
import dev.sluice.loadtest.bench.report.Report;
import dev.sluice.loadtest.bench.stage.AgedLog;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.terminal.OutputPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sluice bench}: measures this build on this machine, beside the bare pieces it is made of. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure speed on this machine, side by side with the bare pieces.%n在本机测量性能，并与裸组件对比。")
public final class BenchCommand implements Callable<Integer> {
    /** Far above what a bare echo does; whoever is due and not sent is remembered. */
    private static final int MOST_RATE = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "WHAT",
            description = {
                "ingest, single, idle, e2e (100 people a call), one (1 a call, of files and of single sends): speed beside the bare insert and the bare echo.",
                "速度，与裸插入和裸 echo 接口对比；e2e 每次调用 100 人，one 每次调用 1 人（名单与单发）。",
                "bare: bare HTTP calls and limiter scripts.%n裸 HTTP 调用与限流脚本。",
                "peers: the same job by db-scheduler and JobRunr with Bucket4j.%n用 db-scheduler、JobRunr 加 Bucket4j 做同样的事。",
                "cost: processor time, bytes and statements of a delivery.%n每次投递的处理器时间、字节数和语句数。",
                "gates: use and overshoot of limits under jitter, two nodes.%n两个节点、网络抖动下限额的利用率和超限。",
                "backlog: the hot statements beside up to ten million waiting deliveries.%n积压至多一千万条投递时的关键 SQL 语句及执行计划。",
                "growth: single sends, upload and settling beside as many, then beside up to 10,000 tenants, as curves.",
                "单发、名单上传和投递的速率随积压量（至一千万）、再随租户数（至一万）变化的曲线。",
                "all (default). 全部（默认）。"
            })
    private List<Part> asked = List.of(Part.ALL);

    @Option(names = "--short", description = "Fewer people and repeats: minutes instead of an hour.%n人数和重复次数更少，几分钟即可。")
    private boolean brief;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "bench-report.md",
            description =
                    "Where the table and the query plans go; JSON and pictures beside it (default: ${DEFAULT-VALUE}).%n表格与查询计划的文件，JSON 和图在旁边。")
    private Path file;

    @Option(
            names = "--postgres-bin",
            paramLabel = "DIR",
            description =
                    "Programs of the Postgres that you would run, such as /usr/lib/postgresql/18/bin (default: the embedded ones, which are built to be small).%n所用 Postgres 的程序目录（默认用内嵌的，为减小体积而编译）。")
    private Path postgresBin;

    @Option(
            names = "--rate",
            paramLabel = "PER-SECOND",
            description =
                    "Sends a second at which single measures its p99 (default: 70 %% of what it reached just before).%nsingle 测量 p99 时的每秒发送数（默认为刚测得上限的 70 %%）。")
    private Integer rate;

    @Override
    public Integer call() throws IOException {
        tryReport();
        if (postgresBin != null) {
            tryInstalled(postgresBin);
        }
        tryRate();
        Machine machine = Machine.now();
        Report report = new Report(spec.commandLine().getOut());
        for (Part part : parts()) {
            report.begin(part);
            try {
                measure(part, report, brief ? Scale.SHORT : Scale.FULL);
            } catch (IOException | RuntimeException | Error failure) {
                keep(report, machine, failure);
                throw failure;
            }
        }
        report.end();
        write(report, machine);
        return 0;
    }

    /** What was measured before took its time too. Where that is nothing, an earlier report stays. */
    private void keep(Report report, Machine machine, Throwable failure) {
        if (report.isEmpty()) {
            return;
        }
        try {
            write(report, machine);
        } catch (IOException unwritten) {
            failure.addSuppressed(unwritten);
        }
    }

    private void write(Report report, Machine machine) throws IOException {
        String command = "./sluice "
                + String.join(
                        " ", spec.commandLine().getParent().getParseResult().originalArgs());
        spec.commandLine().getOut().println("\n" + report.text(machine, command));
        report.write(file, machine, command);
        spec.commandLine().getOut().println("Written to " + file);
    }

    private void tryRate() {
        if (rate != null && (rate < 1 || rate > MOST_RATE)) {
            throw new ParameterException(spec.commandLine(), "--rate: " + rate + " is no rate; give 1 to " + MOST_RATE);
        }
        if (rate != null && !parts().contains(Part.SINGLE)) {
            throw new ParameterException(
                    spec.commandLine(), "--rate: only single has one; add single, or leave it out");
        }
    }

    private OptionalDouble openLoopRate() {
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }

    private void tryReport() {
        OutputPlace place = new OutputPlace(spec, "--report");
        place.file(file);
        List<Path> beside = Report.beside(file, GrowthBench.CURVES);
        if (beside.contains(file)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--report: %s is what the figures beside the table are called: name it otherwise, such as report.md"
                            .formatted(file.getFileName()));
        }
        beside.forEach(place::file);
    }

    private PostgresPrograms programs(Path data) {
        return postgresBin == null
                ? PostgresPrograms.embedded(data.resolve("bin"))
                : PostgresPrograms.installed(postgresBin);
    }

    private void tryInstalled(Path bin) {
        try {
            PostgresPrograms.installed(bin).bin();
        } catch (IOException missing) {
            throw new ParameterException(spec.commandLine(), "--postgres-bin: " + missing.getMessage());
        }
    }

    private Set<Part> parts() {
        Set<Part> parts = EnumSet.copyOf(asked);
        return parts.contains(Part.ALL) ? EnumSet.complementOf(EnumSet.of(Part.ALL)) : parts;
    }

    /** On a node and stores of its own: what one part leaves waiting is not beside the next. */
    private void measure(Part part, Report report, Scale scale) throws IOException {
        Path data = Files.createTempDirectory("sluice-bench");
        PostgresPrograms programs = programs(data);
        try (BenchNode node =
                part == Part.COST ? BenchNode.startCounting(data, programs) : BenchNode.start(data, programs)) {
            report.postgres(node.postgresBuild());
            AgedLog.in(node);
            switch (part) {
                case INGEST -> new IngestBench(node, scale, report).run();
                case SINGLE -> new SingleBench(node, scale, report, openLoopRate()).run();
                case IDLE -> new IdleBench(node, scale, report).run();
                case E2E -> new EndToEndBench(node, scale, report).full();
                case ONE -> new EndToEndBench(node, scale, report).one();
                case BACKLOG -> new BacklogBench(node, scale, report).run();
                case GROWTH -> new GrowthBench(node, scale, report).run();
                case BARE -> new BareBench(node, scale, report).run();
                case COST -> new CostBench(node, scale, report).run();
                case GATES -> new GatesBench(node, scale, report).run();
                case PEERS -> new PeersBench(node, scale, report).run();
                case ALL -> {}
            }
        } finally {
            DirectoryTree.delete(data);
        }
    }
}
