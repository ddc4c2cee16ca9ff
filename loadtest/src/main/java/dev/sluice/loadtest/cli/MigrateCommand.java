package dev.sluice.loadtest.cli;

import dev.sluice.engine.node.NodeStores;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./sluice migrate}: the database's schema becomes that of this build. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description =
                "Bring the database schema up to date. Safe to repeat and, with a Postgres of your own, while nodes run (the embedded one is brought up to date when its node starts).%n"
                        + "把数据库结构升级到当前版本；可以重复执行；使用自己的 Postgres 时，节点运行时也可以执行（内嵌的 Postgres 在节点启动时升级）。")
final class MigrateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Override
    public Integer call() {
        try (NodeStores stores = NodeStores.openPostgres(config.read())) {
            int applied = stores.migrate();
            spec.commandLine()
                    .getOut()
                    .println(applied == 0 ? "The schema was up to date." : applied + " migrations applied.");
        }
        return 0;
    }
}
