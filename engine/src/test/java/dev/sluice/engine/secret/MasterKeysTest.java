package dev.sluice.engine.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeysTest {
    @Test
    void aMissingFileIsMadeForItsOwnerOnlyAndKeptAfterwards(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("new").resolve("master.key");
        byte[] first = MasterKeys.read(file, true).newest().getValue().getEncoded();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(MasterKeys.read(file, true).newest().getValue().getEncoded()).isEqualTo(first);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aMissingFileIsAFaultWhenNotToldToMakeIt(@TempDir Path folder) {
        assertThatThrownBy(() -> MasterKeys.read(folder.resolve("none"), false))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void faultsNeverRepeatTheKey() {
        for (String bad : new String[] {"", "c2hvcnQ=", "not base64!", "x:" + SecretBoxTest.base64Key(1), "300:aaaa"}) {
            assertThatThrownBy(() -> MasterKeys.parse(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .doesNotContain(SecretBoxTest.base64Key(1))
                    .doesNotContain("c2hvcnQ");
        }
        String key = SecretBoxTest.base64Key(1);
        assertThatThrownBy(() -> MasterKeys.parse(key + "," + key)).hasMessageContaining("twice");
    }

    @Test
    void itsTextFormNamesNumbersOnly() {
        assertThat(MasterKeys.parse(SecretBoxTest.base64Key(1))).hasToString("master keys [1]");
    }
}
