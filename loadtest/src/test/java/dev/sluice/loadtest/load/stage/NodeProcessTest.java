package dev.sluice.loadtest.load.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.load.stage.NodeProcess.NodePorts;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeProcessTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @Test
    void aNodeKnowsNothingOfTheInstallationThatTheOperatorsShellIsSetUpFor() throws IOException {
        Map<String, String> shell = Map.of(
                "SLUICE_POSTGRES_URI", "postgresql://production/sluice",
                "SLUICE_NODE_ROLES", "ingestion",
                "PATH", "/usr/bin:/bin",
                "HOME_OF_SLUICE_", "kept");
        assertThat(environmentSeenBy(shell))
                .contains("PATH=/usr/bin:/bin", "HOME_OF_SLUICE_=kept")
                .noneMatch(line -> line.startsWith("SLUICE_"));
    }

    @Test
    void anEndThatNobodyAskedForIsNotForgottenWhenTheNodeIsKilledAndStartedAgain() throws IOException {
        try (HttpClient http = HttpClient.newHttpClient();
                NodeProcess node = node(http, "exit 7")) {
            node.start();
            awaitEnd(node);
            node.kill();
            node.start();
            awaitEnd(node);
            assertThat(node.ownEnds()).containsExactly(7, 7);
        }
    }

    @Test
    void whoeverIsKilledOrStoppedDidNotEndByItself() throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            NodeProcess node = node(http, "sleep 600");
            node.start();
            node.kill();
            node.start();
            node.close();
            node.close();
            assertThat(node.isAlive()).isFalse();
            assertThat(node.ownEnds()).isEmpty();
        }
    }

    private NodeProcess node(HttpClient http, String script) {
        return new NodeProcess(
                "node",
                List.of("/bin/sh", "-c", script),
                Map.of("PATH", "/usr/bin:/bin"),
                new NodePorts(1, 2, 3),
                directory.resolve("node.log"),
                http);
    }

    private static void awaitEnd(NodeProcess node) {
        assertThat(Patience.until(LIMIT, () -> !node.isAlive())).isTrue();
    }

    private List<String> environmentSeenBy(Map<String, String> shell) throws IOException {
        Path log = directory.resolve("node.log");
        try (HttpClient http = HttpClient.newHttpClient();
                NodeProcess node =
                        new NodeProcess("printer", List.of("/usr/bin/env"), shell, new NodePorts(1, 2, 3), log, http)) {
            node.start();
            awaitEnd(node);
            return Files.readAllLines(log);
        }
    }
}
