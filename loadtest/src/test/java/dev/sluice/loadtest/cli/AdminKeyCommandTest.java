package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.auth.ApiKeyStore;
import dev.sluice.engine.auth.ApiKeys;
import dev.sluice.engine.auth.KeyScope;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.time.EngineClock;
import dev.sluice.loadtest.client.Patience;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@ExtendWith({VertxExtension.class, PostgresExtension.class})
class AdminKeyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void whoHasTheDatabaseGetsAKeyThatOpensTheControlPlane(Vertx vertx, TestDatabase database) throws IOException {
        assertThat(run(database, "--label", "after the fire"))
                .as(() -> err.toString())
                .isZero();
        String key = out.toString().strip();
        assertThat(key).matches("slc_live_\\S+");
        ApiKeys keys = new ApiKeys(new ApiKeyStore(database.pool(vertx)), EngineClock.system(), refused -> {});
        Patience.await(keys.authenticate("Bearer " + key, "127.0.0.1", KeyScope.ADMIN));
        assertThat(database.text("SELECT label FROM api_key WHERE scope = 'admin'"))
                .isEqualTo("after the fire");
    }

    @Test
    void aDatabaseWithoutItsSchemaIsOneLineThatSaysWhatToDo(TestDatabase database) throws IOException {
        database.unmigrate();
        assertThat(run(database)).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).singleElement().asString().contains("run ./sluice migrate");
    }

    @Test
    void aLabelThatTheListOfKeysWouldNotTakeIsRefusedBeforeAnythingIsOpened(TestDatabase database) throws IOException {
        assertThat(run(database, "--label", " ")).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("--label: must have 1 to 100");
    }

    private int run(TestDatabase database, String... options) throws IOException {
        Path file = Files.writeString(directory.resolve("sluice.yaml"), """
                postgres: {uri: '%s'}
                security: {masterKeyFile: master.key}
                """.formatted(database.uri()));
        CommandLine line = SluiceMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> arguments = new ArrayList<>(List.of("admin-key", "--config", file.toString()));
        arguments.addAll(List.of(options));
        return line.execute(arguments.toArray(String[]::new));
    }
}
