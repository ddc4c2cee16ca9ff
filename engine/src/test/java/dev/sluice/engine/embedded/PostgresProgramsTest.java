package dev.sluice.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.store.JdbcAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProgramsTest {
    @TempDir
    Path directory;

    @Test
    void thoseOfAnInstallationRunAndNoOthersAreUnpacked() throws Exception {
        Path installation =
                PostgresPrograms.embedded(directory.resolve("installation")).bin();
        Path data = directory.resolve("data");
        try (EmbeddedStores stores = EmbeddedStores.in(data, PostgresPrograms.installed(installation))) {
            JdbcAddress address = JdbcAddress.of(stores.startPostgres());
            try (Connection connection =
                    DriverManager.getConnection(address.url(), address.user(), address.password())) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
        assertThat(data.resolve("bin")).doesNotExist();
    }

    @Test
    void aDirectoryWithoutThemIsNoInstallation() throws IOException {
        Files.createFile(directory.resolve("postgres"));
        assertThatThrownBy(() -> PostgresPrograms.installed(directory).bin())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no program postgres in " + directory)
                .hasMessageContaining("name the bin directory of a Postgres");
    }
}
