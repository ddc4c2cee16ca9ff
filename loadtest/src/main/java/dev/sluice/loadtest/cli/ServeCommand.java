package dev.sluice.loadtest.cli;

import dev.sluice.engine.EngineMain;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.node.ListenAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./sluice serve}: one node, until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes, 退出码:%n",
        exitCodeList = {
            "1:It cannot start, or a start that was told to stop did not end in time. 无法启动，或启动中止超时。",
            "2:The configuration is wrong. 配置有误。",
            "3:An embedded store ended, memory ran out, or another node took its place: start it again. 内嵌存储退出、内存耗尽，或位置已被其他节点接管：请重新启动。",
            "143:It was told to stop (130 by Ctrl-C) and did so in order. 按要求有序停止（Ctrl-C 为 130）。"
        },
        description =
                "Run a node. Without configuration, Postgres and Redis run embedded and keep their data in ./sluice-data.%n"
                        + "运行一个节点；没有配置时使用内嵌的 Postgres 和 Redis，数据保存在 ./sluice-data。")
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    /** Ends only with the process: the stop in order happens while that ends. */
    @Override
    public Integer call() throws InterruptedException {
        EngineConfig settings = config.read();
        ListenAddress.requireAll(settings);
        EngineMain.serve(settings, ServeParts::of);
        new CountDownLatch(1).await();
        return 0;
    }
}
