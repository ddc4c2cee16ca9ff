package dev.sluice.simulator;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Organisation;
import dev.sluice.simulator.directory.WebhookRobot;
import dev.sluice.simulator.ledger.LedgerMode;
import dev.sluice.simulator.settings.LimitSettings;
import dev.sluice.simulator.settings.LimitsException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice simulator}: one organisation with an app and a webhook robot, ready to be called; runs until it is stopped. */
@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        description = "Run a quota-accurate stand-in for the DingTalk platform.%n" + "运行一个精确计量配额的钉钉平台模拟器。")
public final class SimulatorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = {"Address to listen on (default ${DEFAULT-VALUE}).", "监听地址（默认 ${DEFAULT-VALUE}）。"})
    private String host;

    @Option(
            names = "--port",
            defaultValue = "8790",
            description = {"Port; 0 takes a free one (default ${DEFAULT-VALUE}).", "端口；0 表示任选空闲端口（默认 ${DEFAULT-VALUE}）。"
            })
    private int port;

    @Option(
            names = "--limits",
            paramLabel = "FILE",
            description = {"YAML file laid over the documented limits.", "覆盖默认限制的 YAML 文件。"})
    private Path limitsFile;

    @Option(
            names = "--tier",
            defaultValue = "standard",
            description = {
                "Tier of the organisation, as named in the limits (default ${DEFAULT-VALUE}).",
                "组织的套餐，名称见限制文件（默认 ${DEFAULT-VALUE}）。"
            })
    private String tier;

    @Option(
            names = "--people",
            paramLabel = "COUNT|FILE",
            defaultValue = "1000",
            description = {
                "How many people user000001.. there are, or a file with one user id per line (default ${DEFAULT-VALUE}).",
                "人员 user000001.. 的数量，或每行一个用户 ID 的文件（默认 ${DEFAULT-VALUE}）。"
            })
    private String people;

    @Option(
            names = "--corp-id",
            defaultValue = "dingcorp",
            description = {"CorpId of the organisation (default ${DEFAULT-VALUE}).", "组织的 CorpId（默认 ${DEFAULT-VALUE}）。"
            })
    private String corpId;

    @Option(
            names = "--app-key",
            defaultValue = "dingapp",
            description = {"AppKey of its app (default ${DEFAULT-VALUE}).", "应用的 AppKey（默认 ${DEFAULT-VALUE}）。"})
    private String appKey;

    @Option(
            names = "--app-secret",
            defaultValue = "secret",
            description = {"AppSecret of its app (default ${DEFAULT-VALUE}).", "应用的 AppSecret（默认 ${DEFAULT-VALUE}）。"})
    private String appSecret;

    @Option(
            names = "--agent-id",
            defaultValue = "123",
            description = {"AgentId of its app (default ${DEFAULT-VALUE}).", "应用的 AgentId（默认 ${DEFAULT-VALUE}）。"})
    private long agentId;

    @Option(
            names = "--webhook-token",
            defaultValue = "webhook",
            description = {
                "access_token of a webhook robot without security settings (default ${DEFAULT-VALUE}).",
                "未启用安全设置的群机器人的 access_token（默认 ${DEFAULT-VALUE}）。"
            })
    private String webhookToken;

    @Option(
            names = "--ledger",
            defaultValue = "FULL",
            description = {
                "How much to remember: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).",
                "账本保留的详细程度：${COMPLETION-CANDIDATES}（默认 ${DEFAULT-VALUE}）。"
            })
    private LedgerMode ledgerMode;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = {"Seed of everything random (default ${DEFAULT-VALUE}).", "随机数种子（默认 ${DEFAULT-VALUE}）。"})
    private long seed;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65_535) {
            throw wrong("--port: must be 0 to 65535; 0 takes a free one");
        }
        SimulatorOptions options = new SimulatorOptions(host, port, limits(), ledgerMode, seed);
        Vertx vertx = Vertx.vertx();
        try {
            Simulator simulator = start(vertx, options);
            furnish(simulator);
            announce(simulator);
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "simulator-stop"));
            stopped.await();
            return 0;
        } finally {
            vertx.close();
        }
    }

    private LimitSettings limits() {
        try {
            LimitSettings settings = limitsFile == null ? LimitSettings.defaults() : LimitSettings.fromFile(limitsFile);
            settings.current().tier(tier);
            return settings;
        } catch (LimitsException e) {
            throw wrong(limitsFile + ": " + String.join("; ", e.faults()));
        } catch (IllegalArgumentException e) {
            throw wrong("--tier: " + e.getMessage());
        }
    }

    private Simulator start(Vertx vertx, SimulatorOptions options) {
        try {
            return Simulator.start(vertx, options)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw wrong("cannot listen on %s:%d (%s): choose another --port or --host"
                    .formatted(host, port, e.getCause().getMessage()));
        }
    }

    private void furnish(Simulator simulator) {
        Organisation organisation = simulator.directory().addOrganisation(corpId, tier);
        simulator.directory().addApp(App.of(corpId, appKey, appSecret, agentId));
        simulator.directory().addRobot(WebhookRobot.of(corpId, "group", webhookToken));
        if (people.chars().allMatch(Character::isDigit)) {
            addRange(organisation);
        } else {
            peopleInFile().forEach(organisation.people()::add);
        }
    }

    private void addRange(Organisation organisation) {
        try {
            organisation.people().addRange("user", Integer.parseInt(people));
        } catch (IllegalArgumentException e) {
            throw wrong("--people: must be 1 to 100000000 or a file");
        }
    }

    private List<String> peopleInFile() {
        try {
            return Files.readAllLines(Path.of(people)).stream()
                    .map(String::trim)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw wrong("--people: " + people + " cannot be read");
        }
    }

    private void announce(Simulator simulator) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("DingTalk simulator at " + simulator.baseUri() + " (both API families; control under /_sim/)");
        out.println("organisation " + corpId + " (" + tier + "), app key " + appKey + ", agent id " + agentId
                + ", people " + people);
        out.flush();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
