package dev.sluice.engine.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals texts for a place in the database with AES-256-GCM. A sealed text is one byte with the master key's number, a random nonce of 96 bits, then the ciphertext
 * with its 128-bit tag; the place is authenticated with it. Random nonces allow 2^32 seals with one key before a collision becomes thinkable; secrets are sealed
 * by people, some a day. Thread-safe.
 */
public final class SecretBox {
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final MasterKeys keys;
    private final SecureRandom random;

    /** A box that draws its nonces from {@code random}. */
    public SecretBox(MasterKeys keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /** Seals with the newest key. */
    public byte[] seal(SecretPlace place, String plain) {
        Map.Entry<Integer, SecretKey> key = keys.newest();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key.getValue(), nonce, place)
                    .doFinal(plain.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                    .put(key.getKey().byteValue())
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }

    /** The number of the key that it seals with. */
    public int newestKey() {
        return keys.newest().getKey();
    }

    /** The number of the key that something was sealed with; 0 for what is not sealed at all. */
    static int keyOf(byte[] sealed) {
        return sealed.length == 0 ? 0 : Byte.toUnsignedInt(sealed[0]);
    }

    /** Opens what was sealed for exactly this place; fails with {@link SecretUnreadable}. */
    public String open(SecretPlace place, byte[] sealed) {
        if (sealed.length < 1 + NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw new SecretUnreadable("the sealed secret is cut short");
        }
        int number = keyOf(sealed);
        SecretKey key = keys.numbered(number);
        if (key == null) {
            throw new SecretUnreadable("it was sealed with master key " + number + ", which this node does not have");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer.wrap(sealed).get(1, nonce);
        int head = 1 + NONCE_BYTES;
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key, nonce, place).doFinal(sealed, head, sealed.length - head);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException refused) {
            throw new SecretUnreadable(
                    "it was sealed with another key " + number + ", for another row, or its bytes are damaged");
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, SecretPlace place)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.associatedBytes());
        return cipher;
    }
}
