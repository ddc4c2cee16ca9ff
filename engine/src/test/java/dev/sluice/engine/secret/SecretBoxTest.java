package dev.sluice.engine.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretBoxTest {
    private static final SecretPlace PLACE = new SecretPlace("app", "secrets_cipher", 1, 2);
    private static final String CANARY = "canary-6c1f";

    private final SecretBox box = new SecretBox(MasterKeys.parse(base64Key(7)), new SecureRandom());

    @Test
    void opensWhatWasSealedForThePlace() {
        assertThat(box.open(PLACE, box.seal(PLACE, CANARY))).isEqualTo(CANARY);
    }

    @Test
    void neverSealsTheSameTextTheSameWay() {
        assertThat(box.seal(PLACE, CANARY)).isNotEqualTo(box.seal(PLACE, CANARY));
    }

    @Test
    void refusesACiphertextThatWasMovedToAnotherRowColumnOrTenant() {
        byte[] sealed = box.seal(PLACE, CANARY);
        for (SecretPlace other : new SecretPlace[] {
            new SecretPlace("app", "secrets_cipher", 1, 3),
            new SecretPlace("app", "secrets_cipher", 2, 2),
            new SecretPlace("app", "name", 1, 2),
            new SecretPlace("channel", "secrets_cipher", 1, 2)
        }) {
            assertThatThrownBy(() -> box.open(other, sealed)).isInstanceOf(SecretUnreadable.class);
        }
    }

    @Test
    void refusesEveryDamagedByte() {
        byte[] sealed = box.seal(PLACE, CANARY);
        for (int at = 0; at < sealed.length; at++) {
            byte[] damaged = sealed.clone();
            damaged[at] ^= 1;
            assertThatThrownBy(() -> box.open(PLACE, damaged)).isInstanceOf(SecretUnreadable.class);
        }
        assertThatThrownBy(() -> box.open(PLACE, new byte[12])).isInstanceOf(SecretUnreadable.class);
    }

    @Test
    void anotherMasterKeyOpensNothing() {
        byte[] sealed = box.seal(PLACE, CANARY);
        SecretBox stranger = new SecretBox(MasterKeys.parse(base64Key(8)), new SecureRandom());
        assertThatThrownBy(() -> stranger.open(PLACE, sealed)).isInstanceOf(SecretUnreadable.class);
    }

    @Test
    void aNewKeySealsWhileTheOldOneStillOpens() {
        byte[] old = box.seal(PLACE, CANARY);
        SecretBox rotated =
                new SecretBox(MasterKeys.parse("1:" + base64Key(7) + "\n2:" + base64Key(8)), new SecureRandom());
        assertThat(rotated.open(PLACE, old)).isEqualTo(CANARY);
        assertThat(rotated.seal(PLACE, CANARY)[0]).isEqualTo((byte) 2);
    }

    @Test
    void appSecretsComeBackByNameForTheirRowOnly() {
        AppSecrets secrets = new AppSecrets(box);
        byte[] sealed = secrets.seal(1, 2, Map.of("appSecret", CANARY));
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(CANARY);
        assertThat(secrets.open(1, 2, sealed)).containsExactly(Map.entry("appSecret", CANARY));
        assertThatThrownBy(() -> secrets.open(1, 3, sealed)).isInstanceOf(SecretUnreadable.class);
    }

    static String base64Key(int fill) {
        byte[] key = new byte[32];
        java.util.Arrays.fill(key, (byte) fill);
        return Base64.getEncoder().encodeToString(key);
    }
}
