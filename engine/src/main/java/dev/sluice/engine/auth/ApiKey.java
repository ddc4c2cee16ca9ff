package dev.sluice.engine.auth;

import dev.sluice.engine.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * A key as its owner holds it: {@code slc_live_<id>_<secret><checksum>}. The fixed prefix and the checksum (CRC-32 of all before it) let a scanner of leaked
 * secrets recognise one without asking us. The id is public, the secret is 256 random bits; only the secret's SHA-256 is ever stored. Its text form here hides
 * the secret.
 */
public final class ApiKey {
    private static final String PREFIX = "slc_live_";
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_CHARS = 12;
    /** 43 digits of base 62 hold 256 bits. */
    private static final int SECRET_CHARS = 43;

    private static final int CHECKSUM_CHARS = 6;
    private static final int ID_END = PREFIX.length() + ID_CHARS;
    private static final int SECRET_AT = ID_END + 1;
    private static final int SECRET_END = SECRET_AT + SECRET_CHARS;

    private final String id;
    private final String secret;

    private ApiKey(String id, String secret) {
        this.id = id;
        this.secret = secret;
    }

    /** A new key; {@code random} must be cryptographically strong. */
    public static ApiKey generate(RandomGenerator random) {
        return new ApiKey(randomDigits(random, ID_CHARS), randomDigits(random, SECRET_CHARS));
    }

    /** Reads what a client presented; empty when it cannot be a key of ours. */
    public static Optional<ApiKey> parse(String text) {
        boolean hasShape = text.length() == SECRET_END + CHECKSUM_CHARS
                && text.startsWith(PREFIX)
                && isDigits(text, PREFIX.length(), ID_END)
                && text.charAt(ID_END) == '_'
                && isDigits(text, SECRET_AT, text.length());
        if (!hasShape) {
            return Optional.empty();
        }
        ApiKey key = new ApiKey(text.substring(PREFIX.length(), ID_END), text.substring(SECRET_AT, SECRET_END));
        return text.endsWith(key.checksum()) ? Optional.of(key) : Optional.empty();
    }

    private static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (DIGITS.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The public part. */
    public String id() {
        return id;
    }

    /** The whole key: shown to its owner once, never kept. */
    public String reveal() {
        return PREFIX + id + "_" + secret + checksum();
    }

    /** What is stored of the secret. */
    public byte[] secretSha256() {
        return Sha256.of(secret.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return PREFIX + id + "_***";
    }

    private String checksum() {
        CRC32 crc = new CRC32();
        crc.update((PREFIX + id + "_" + secret).getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM_CHARS];
        long rest = crc.getValue();
        for (int place = CHECKSUM_CHARS - 1; place >= 0; place--) {
            digits[place] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }

    private static String randomDigits(RandomGenerator random, int count) {
        StringBuilder digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return digits.toString();
    }
}
