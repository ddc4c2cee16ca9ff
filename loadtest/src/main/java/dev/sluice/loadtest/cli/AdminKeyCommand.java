package dev.sluice.loadtest.cli;

import dev.sluice.admin.key.AdminKeys;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.node.NodeStores;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.loadtest.client.Patience;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sluice admin-key}: a further admin key, for whoever has the database but no key. Prints the key and nothing else, once. */
@Command(
        name = "admin-key",
        mixinStandardHelpOptions = true,
        description =
                "Make a further admin key and print it, for instance when the first one is lost. With a Postgres of your own nodes may run; the embedded one needs its node stopped.%n"
                        + "生成并打印一个新的管理密钥，例如首个密钥遗失时。使用自己的 Postgres 时节点可以运行；使用内嵌的 Postgres 时须先停止节点。")
final class AdminKeyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--label",
            paramLabel = "TEXT",
            defaultValue = "command line",
            description = {
                "What the list of keys calls it (default: ${DEFAULT-VALUE}).",
                "它在密钥列表中的名称（默认：${DEFAULT-VALUE}）。"
            })
    private String label;

    @Override
    public Integer call() {
        if (label.isBlank() || label.length() > AdminKeys.MOST_LABEL_CHARS) {
            throw new ParameterException(
                    spec.commandLine(), "--label: must have 1 to %d characters".formatted(AdminKeys.MOST_LABEL_CHARS));
        }
        EngineConfig settings = config.read();
        try (NodeStores stores = NodeStores.openPostgres(settings)) {
            stores.prepareSchema(settings.postgres());
            spec.commandLine().getOut().println(made(stores.postgres()));
        }
        return 0;
    }

    private String made(PgConnectOptions postgres) {
        Vertx vertx = Vertx.vertx();
        try {
            Pool pool = PgPools.create(vertx, postgres, PgTimeouts.STANDARD, "admin-key", 1, 1);
            return Patience.await(new AdminKeys(pool, new SecureRandom()).create(label))
                    .reveal();
        } finally {
            Patience.await(vertx.close());
        }
    }
}
