package dev.sluice.loadtest.cli;

import dev.sluice.admin.app.Resealing;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.node.MasterKeyFile;
import dev.sluice.engine.node.NodeStores;
import dev.sluice.engine.secret.AppSecrets;
import dev.sluice.engine.secret.SecretBox;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.loadtest.client.Patience;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./sluice rotate-master-key}: the platforms' credentials are sealed with the newest master key, and the older ones may go. */
@Command(
        name = "rotate-master-key",
        mixinStandardHelpOptions = true,
        description =
                "Seal the platforms' credentials with the newest master key, so that the older ones may go. Add the new key on every node and restart each before. Safe to repeat and, with a Postgres of your own, while nodes run.%n"
                        + "用最新的主密钥重新封存各应用的平台凭证，之后旧主密钥即可移除。请先在每个节点上加入新密钥并逐个重启。可以重复执行；使用自己的 Postgres 时，节点运行时也可以执行。",
        exitCodeListHeading = "Exit codes, 退出码:%n",
        exitCodeList = {
            "0:All are sealed with the newest key. 全部已用最新主密钥封存。",
            "1:It failed, or some do not open with any key of the file. 执行失败，或有凭证用文件中的任何密钥都打不开。",
            "2:The command or the configuration is wrong. 命令或配置有误。"
        })
final class RotateMasterKeyCommand implements Callable<Integer> {
    /** Tens of thousands of apps are sealed in that time. */
    private static final long MOST_SECONDS = 600;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Override
    public Integer call() {
        EngineConfig settings = config.read();
        SecretBox box = new SecretBox(MasterKeyFile.read(settings.security()), new SecureRandom());
        try (NodeStores stores = NodeStores.openPostgres(settings)) {
            stores.prepareSchema(settings.postgres());
            return told(resealed(stores.postgres(), box), box.newestKey());
        }
    }

    private static Resealing.Outcome resealed(PgConnectOptions postgres, SecretBox box) {
        Vertx vertx = Vertx.vertx();
        try {
            Pool pool = PgPools.create(vertx, postgres, PgTimeouts.STANDARD, "rotate-master-key", 1, 1);
            return Patience.await(new Resealing(pool, new AppSecrets(box)).run(), MOST_SECONDS);
        } finally {
            Patience.await(vertx.close());
        }
    }

    private int told(Resealing.Outcome outcome, int key) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                outcome.resealed() == 0
                        ? "No app had to be sealed anew: master key " + key + " is the newest."
                        : "Apps sealed anew with master key " + key + ": " + outcome.resealed());
        if (outcome.unreadable().isEmpty()) {
            return 0;
        }
        spec.commandLine()
                .getErr()
                .printf(
                        "%s: the secrets of %d apps do not open with any key of the file, such as those of app %d: add the key that they were sealed with, or enter them anew with PUT /v1/apps/{appId}/secrets%n",
                        spec.qualifiedName(),
                        outcome.unreadable().size(),
                        outcome.unreadable().getFirst());
        return 1;
    }
}
