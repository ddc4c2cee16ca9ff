package dev.sluice.engine.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern SHAPE = Pattern.compile("slc_live_([0-9A-Za-z]{%d})_([0-9A-Za-z]{%d})([0-9A-Za-z]{%d})"
            .formatted(ID_CHARS, SECRET_CHARS, CHECKSUM_CHARS));

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
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        ApiKey key = new ApiKey(matcher.group(1), matcher.group(2));
        return key.checksum().equals(matcher.group(3)) ? Optional.of(key) : Optional.empty();
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
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
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
