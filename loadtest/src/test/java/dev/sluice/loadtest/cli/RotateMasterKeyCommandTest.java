package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.secret.AppSecrets;
import dev.sluice.engine.secret.MasterKeys;
import dev.sluice.engine.secret.SecretBox;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@ExtendWith(PostgresExtension.class)
class RotateMasterKeyCommandTest {
    private static final String OLD = key(1, 7);
    private static final String NEW = key(2, 8);
    private static final String ANOTHER = key(1, 9);
    private static final Map<String, String> SECRETS = Map.of("appSecret", "canary");
    private static final int MORE_THAN_A_PAGE = 201;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private TestDatabase database;

    @TempDir
    private Path directory;

    @BeforeEach
    void tenant(TestDatabase fresh) {
        database = fresh;
        database.execute("INSERT INTO tenant (id, name) OVERRIDING SYSTEM VALUE VALUES (3, 't')");
        database.execute(
                "INSERT INTO organisation (id, tenant_id, platform, corp_id, name) OVERRIDING SYSTEM VALUE VALUES (5, 3, 'dingtalk', 'c', 'o')");
    }

    @Test
    void afterItTheNewKeyAloneOpensEverything() throws IOException {
        for (int app = 1; app <= MORE_THAN_A_PAGE; app++) {
            insert(app, OLD);
        }
        insert(1_000, NEW);
        String sealedWithTheNewest = sealed(1_000);

        assertThat(rotate(OLD + "\n" + NEW)).as(() -> err.toString()).isZero();

        assertThat(out.toString()).contains("master key 2: " + MORE_THAN_A_PAGE);
        for (int app : new int[] {1, MORE_THAN_A_PAGE, 1_000}) {
            assertThat(secrets(NEW).open(3, app, HexFormat.of().parseHex(sealed(app))))
                    .isEqualTo(SECRETS);
        }
        assertThat(sealed(1_000)).isEqualTo(sealedWithTheNewest);
        assertThat(database.number("SELECT count(*) FROM audit WHERE action = 'app.reseal'"))
                .isEqualTo(MORE_THAN_A_PAGE);
        assertThat(rotate(NEW)).isZero();
        assertThat(out.toString()).contains("No app had to be sealed anew");
    }

    @Test
    void whatDoesNotOpenStaysAsItIsAndIsSaid() throws IOException {
        insert(1, ANOTHER);
        insert(2, OLD);
        String before = sealed(1);

        assertThat(rotate(OLD + "\n" + NEW)).isEqualTo(1);

        assertThat(sealed(1)).isEqualTo(before);
        assertThat(secrets(NEW).open(3, 2, HexFormat.of().parseHex(sealed(2)))).isEqualTo(SECRETS);
        assertThat(err.toString().lines()).singleElement().asString().contains("1 apps", "app 1", "PUT /v1/apps/");
    }

    private void insert(int app, String key) {
        String sealed = HexFormat.of().formatHex(secrets(key).seal(3, app, SECRETS));
        database.execute(
                "INSERT INTO app (id, tenant_id, organisation_id, name, app_key, secrets_cipher) OVERRIDING SYSTEM VALUE VALUES (%d, 3, 5, 'a', 'key-%d', decode('%s', 'hex'))"
                        .formatted(app, app, sealed));
    }

    private String sealed(int app) {
        return database.text("SELECT encode(secrets_cipher, 'hex') FROM app WHERE id = " + app);
    }

    private static AppSecrets secrets(String keys) {
        return new AppSecrets(new SecretBox(MasterKeys.parse(keys), new SecureRandom()));
    }

    private static String key(int number, int each) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) each);
        return number + ":" + Base64.getEncoder().encodeToString(bytes);
    }

    private int rotate(String keys) throws IOException {
        Path keyFile = Files.writeString(directory.resolve("master.key"), keys);
        Path file = Files.writeString(directory.resolve("sluice.yaml"), """
                postgres: {uri: '%s'}
                security: {masterKeyFile: '%s'}
                """.formatted(database.uri(), keyFile));
        CommandLine line = SluiceMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute("rotate-master-key", "--config", file.toString());
    }
}
