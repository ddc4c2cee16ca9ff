package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineConfigFileTest {
    @Test
    void nothingConfiguredMeansEmbeddedStoresAndLoopback() {
        EngineConfig config = EngineConfigFile.parse("", Map.of());
        assertThat(config.postgres().server()).isEmpty();
        assertThat(config.redis().uri()).isEmpty();
        assertThat(config.http().listener()).isEqualTo(new EngineConfig.Listener("127.0.0.1", 8080));
        assertThat(config.security()).isEqualTo(new EngineConfig.Security(Path.of("sluice-data/master.key"), true));
        assertThat(config.postgres().migrate()).isTrue();
    }

    @Test
    void theDocumentedExampleIsTheDefaultsKeyByKey() throws IOException {
        String example = Files.readString(Path.of("..", "sluice.example.yaml"));
        assertThat(EngineConfigFile.parse(example, Map.of())).isEqualTo(EngineConfigFile.parse("", Map.of()));
    }

    @Test
    void theDocumentedExampleChangesNoDefaultOfANodeWithServersOfItsOwnersEither() throws IOException {
        String example = Files.readString(Path.of("..", "sluice.example.yaml"));
        Map<String, String> servers = Map.of(
                "SLUICE_POSTGRES_URI", "postgresql://me@localhost/sluice",
                "SLUICE_REDIS_URI", "redis://localhost:6379",
                "SLUICE_SECURITY_MASTER_KEY_FILE", "/etc/sluice/master.key");
        assertThat(EngineConfigFile.parse(example, servers).postgres().migrate())
                .isEqualTo(EngineConfigFile.parse("", servers).postgres().migrate());
    }

    @Test
    void theDocumentedExampleNamesTheBoundsOfEveryNumber() throws IOException {
        String example = Files.readString(Path.of("..", "sluice.example.yaml"));
        String withoutNumbers = example.replaceAll("(?m)^( *\\w+): \\d+ #.*$", "$1: x");
        List<String> refused = faultsOf(withoutNumbers, Map.of()).stream()
                .map(fault -> fault.replaceFirst("^.*\\.(\\w+) must be a whole number from ", "$1: "))
                .toList();
        assertThat(Pattern.compile("(?m)^ *(\\w+: )\\d+ # (\\d+ to \\d+)$")
                        .matcher(example)
                        .results()
                        .map(line -> line.group(1) + line.group(2)))
                .containsExactlyInAnyOrderElementsOf(refused)
                .hasSizeGreaterThan(35);
        assertThat(example).doesNotContainPattern("(?m)^ *\\w+: \\d+$");
    }

    @Test
    void aNodeIsNotNamedNothing() {
        assertThat(faultsOf("", Map.of("SLUICE_NODE_NAME", " ")))
                .containsExactly("node.name is empty: give it a value, or remove it");
    }

    @Test
    void allFaultsAreListedAtOnceWithTheirKeys() {
        List<String> faults = faultsOf("""
                http:
                  port: many
                  prot: 8080
                admin:
                  enabled: maybe
                node:
                  roles: [ingestion, cook]
                platforms:
                  dingtalk:
                    oapiBaseUrl: http://oapi.dingtalk.com
                leases:
                  nodeLeaseMillis: 9000
                """, Map.of("SLUICE_HTTP_HOTS", "x", "SLUICE_FOO_BAR", "1"));
        assertThat(faults)
                .anySatisfy(fault -> assertThat(fault).startsWith("http.port must be a whole number"))
                .anySatisfy(fault -> assertThat(fault).startsWith("http.prot is no known key"))
                .anySatisfy(fault -> assertThat(fault).startsWith("admin.enabled must be true or false"))
                .anySatisfy(fault -> assertThat(fault).startsWith("node.roles must be of ingestion, scheduler, sender"))
                .anySatisfy(fault -> assertThat(fault).startsWith("platforms.dingtalk.oapiBaseUrl must be https"))
                .anySatisfy(fault -> assertThat(fault).startsWith("leases.nodeLeaseMillis must be longer than"))
                .anySatisfy(fault -> assertThat(fault).startsWith("SLUICE_HTTP_HOTS is no known variable"))
                .anySatisfy(fault -> assertThat(fault).startsWith("SLUICE_FOO_BAR is no known variable"));
    }

    @Test
    void aMistakeInAListIsOneFault() {
        assertThat(faultsOf("node: {roles: [cook, baker]}", Map.of()))
                .containsExactly("node.roles must be of ingestion, scheduler, sender");
        assertThat(faultsOf("node: {roles: []}", Map.of())).containsExactly("node.roles must name at least one role");
    }

    @Test
    void variablesOfTheLauncherAndOfAServiceInKubernetesAreNoConfiguration() {
        Map<String, String> environment = Map.of(
                "SLUICE_JAVA_OPTS", "-Xmx4g",
                "SLUICE_LOAD_KEY", "slc_live_x",
                "SLUICE_SERVICE_HOST", "10.0.0.7",
                "SLUICE_SERVICE_PORT_HTTP", "8080",
                "SLUICE_PORT", "tcp://10.0.0.7:8080",
                "SLUICE_PORT_8080_TCP_ADDR", "10.0.0.7");
        assertThat(EngineConfigFile.parse("", environment)).isEqualTo(EngineConfigFile.parse("", Map.of()));
        assertThat(faultsOf("", Map.of("SLUICE_PORT", "8080")))
                .singleElement()
                .asString()
                .startsWith("SLUICE_PORT is no known variable");
    }

    @Test
    void neitherAreThoseOfServicesWhoseNamesBeginWithOurs() {
        Map<String, String> ofThreeServices = Map.of(
                "SLUICE_HTTP_SERVICE_HOST", "10.0.0.7",
                "SLUICE_HTTP_SERVICE_PORT", "8080",
                "SLUICE_HTTP_PORT", "tcp://10.0.0.7:8080",
                "SLUICE_HTTP_PORT_8080_TCP", "tcp://10.0.0.7:8080",
                "SLUICE_HTTP_PORT_8080_TCP_PROTO", "tcp",
                "SLUICE_POSTGRES_PORT", "tcp://10.0.0.8:5432",
                "SLUICE_MY_REDIS_SERVICE_PORT_REDIS", "6379");
        assertThat(EngineConfigFile.parse("", ofThreeServices)).isEqualTo(EngineConfigFile.parse("", Map.of()));
        assertThat(EngineConfigFile.parse("http: {port: 81}", ofThreeServices)
                        .http()
                        .listener()
                        .port())
                .isEqualTo(81);
        assertThat(faultsOf("", Map.of("SLUICE_HTTP_PROT", "8080")))
                .singleElement()
                .asString()
                .startsWith("SLUICE_HTTP_PROT is no known variable");
    }

    @Test
    void aSectionThatNamesItselfIsRefused() {
        assertThat(faultsOf("a: &a {b: *a}", Map.of()))
                .singleElement()
                .asString()
                .contains("write sections out");
    }

    @Test
    void anEnvironmentVariableWinsOverTheFile() {
        EngineConfig config = EngineConfigFile.parse(
                "sending: {callDeadlineMillis: 4000}",
                Map.of("SLUICE_SENDING_CALL_DEADLINE_MILLIS", "3000", "SLUICE_NODE_ROLES", "ingestion", "HOME", "/"));
        assertThat(config.sending().callDeadlineMillis()).isEqualTo(3_000);
        assertThat(config.node().roles()).containsExactly(NodeRole.INGESTION);
    }

    @Test
    void printedConfigurationsAndFaultsHaveNoSecrets() {
        EngineConfig config = EngineConfigFile.parse("""
                postgres: {uri: "postgresql://me:hush1@db/sluice?sslmode=verify-full"}
                redis: {uri: "redis://:hush2@cache:6379"}
                security: {masterKeyFile: /etc/sluice/key}
                """, Map.of());
        assertThat(config.toString()).contains("db:5432/sluice").doesNotContain("hush1", "hush2");
        assertThat(faultsOf("postgres: {uri: 'hush3'}\nredis: {uri: 'hush4'}", Map.of())
                        .toString())
                .doesNotContain("hush3", "hush4");
    }

    @Test
    void anAddressOfRedisThatItsClientCannotReadIsRefused() {
        for (String uri : List.of("redis://:100%@cache:6379", "redis://:a#b@cache:6379", "redis://my_cache:6379")) {
            assertThat(faultsOf("redis: {uri: '" + uri + "'}", Map.of()))
                    .as(uri)
                    .singleElement()
                    .asString()
                    .startsWith("redis.uri must look like");
        }
        assertThat(EngineConfigFile.parse("redis: {uri: 'redis://:100%25@cache:6379'}", Map.of())
                        .redis()
                        .uri())
                .isPresent();
    }

    @Test
    void aPasswordThatIsNotWrittenAsAnAddressNeedsItIsRefusedWithHowToWriteIt() {
        assertThat(faultsOf(
                        "postgres: {uri: 'postgresql://me:a$b@localhost/sluice'}\nsecurity: {masterKeyFile: key}",
                        Map.of()))
                .singleElement()
                .asString()
                .startsWith("postgres.uri must look like")
                .endsWith("of the password as %40");
    }

    @Test
    void whereASecretWasToBePutInAndWasNotNothingTakesItsPlace() {
        assertThat(faultsOf("postgres:\n  uri:\nsecurity: {masterKeyFile: ''}", Map.of("SLUICE_REDIS_URI", " ")))
                .containsExactly(
                        "postgres.uri is empty: give it a value, or remove it",
                        "redis.uri is empty: give it a value, or remove it",
                        "security.masterKeyFile is empty: give it a value, or remove it");
    }

    @Test
    void anUnencryptedWayToPostgresOnAnotherMachineIsRefusedUnlessAllowed() {
        String uri = "postgres: {uri: 'postgresql://me@db/sluice'%s}\nsecurity: {masterKeyFile: key}";
        assertThat(faultsOf(uri.formatted(""), Map.of()))
                .singleElement()
                .asString()
                .contains("sslmode=verify-full");
        assertThat(EngineConfigFile.parse(uri.formatted(", allowUnencrypted: true"), Map.of())
                        .postgres()
                        .server())
                .isPresent();
    }

    @Test
    void anUnencryptedWayToAPlatformThatIsNoLoopbackIsRefusedUnlessAllowed() {
        String yaml = "platforms: {dingtalk: {oapiBaseUrl: '%s'}%s}";
        for (String url : List.of("http://simulator:8790", "http://127.0.0.1.evil.com")) {
            assertThat(faultsOf(yaml.formatted(url, ""), Map.of()))
                    .as(url)
                    .singleElement()
                    .asString()
                    .contains("must be https");
        }
        assertThat(EngineConfigFile.parse(yaml.formatted("http://simulator:8790", ", allowPlaintext: true"), Map.of())
                        .platforms()
                        .dingTalkOapiBaseUrl())
                .isEqualTo("http://simulator:8790");
    }

    @Test
    void aMistakeInTheYamlIsShownByLine() {
        assertThat(faultsOf("http:\n  port: 1\n  port: 2\n", Map.of()))
                .singleElement()
                .asString()
                .contains("line 3");
        assertThat(faultsOf("- a", Map.of())).singleElement().asString().contains("mapping of sections");
    }

    @Test
    void aFileThatIsNoYamlIsNamed(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("my.yaml"), "http:\n  port: 1\n }\n");
        assertThat(catchThrowableOfType(ConfigInvalid.class, () -> EngineConfigFile.read(file, Map.of()))
                        .faults())
                .singleElement()
                .asString()
                .startsWith(file + ", line 3, column 2: ");
    }

    private static List<String> faultsOf(String yaml, Map<String, String> environment) {
        ConfigInvalid refusal =
                catchThrowableOfType(ConfigInvalid.class, () -> EngineConfigFile.parse(yaml, environment));
        assertThat(refusal).isNotNull();
        return refusal.faults();
    }
}
