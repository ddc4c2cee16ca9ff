package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EngineMainTest {
    @Test
    void everyLocaleHasTheSameNumbers() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-cp",
                System.getProperty("java.class.path"),
                EngineMain.class.getName());
        builder.environment().put("SLUICE_HTTP_PORT", "none");
        Process node = builder.redirectErrorStream(true).start();
        assertThat(new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("the configuration has 1 fault", "http.port must be a whole number from 0 to 65535");
        assertThat(node.waitFor()).isEqualTo(2);
    }
}
