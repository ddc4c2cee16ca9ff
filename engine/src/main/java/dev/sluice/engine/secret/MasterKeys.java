package dev.sluice.engine.secret;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that seal secrets, by their number. The highest number seals; all of them open, so that a new key can be added before the last row of an older one is
 * sealed again. Text form: {@code number:base64 of 32 bytes}, one a line (or separated by commas); a single key may stand without its number and is number 1.
 * Never printed.
 */
public final class MasterKeys {
    private static final int KEY_BYTES = 32;
    private static final int MOST_KEY_NUMBER = 255;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final NavigableMap<Integer, SecretKey> byNumber;

    private MasterKeys(NavigableMap<Integer, SecretKey> byNumber) {
        this.byNumber = byNumber;
    }

    /** Reads the text form; the message of a failure says what is wrong without repeating it. */
    public static MasterKeys parse(String text) {
        NavigableMap<Integer, SecretKey> keys = new TreeMap<>();
        for (String entry : text.strip().split("[\\s,]+", -1)) {
            int colon = entry.indexOf(':');
            int number = colon < 0 ? 1 : parseNumber(entry.substring(0, colon));
            if (keys.put(number, parseKey(entry.substring(colon + 1))) != null) {
                throw new IllegalArgumentException("the master key number " + number + " stands twice");
            }
        }
        return new MasterKeys(keys);
    }

    /**
     * Reads a key file.
     *
     * @param createIfMissing whether a missing file is made, with a new key, readable by its owner only
     */
    public static MasterKeys read(Path file, boolean createIfMissing) throws IOException {
        if (createIfMissing && Files.notExists(file)) {
            create(file);
        }
        return parse(Files.readString(file));
    }

    /** Written beside and moved, so that another process never reads half a key; whoever moves first wins. */
    private static void create(Path file) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path written = Files.createTempFile(folder, "master-key", "", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            Files.writeString(written, "1:" + Base64.getEncoder().encodeToString(key) + "\n");
            Files.createLink(file, written);
        } catch (FileAlreadyExistsException madeByAnotherProcess) {
            return;
        } finally {
            Files.delete(written);
        }
    }

    private static int parseNumber(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= MOST_KEY_NUMBER) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below, without the text: it may be part of a key
        }
        throw new IllegalArgumentException("a master key's number must be 1 to " + MOST_KEY_NUMBER);
    }

    private static SecretKey parseKey(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("a master key must be base64 of " + KEY_BYTES + " bytes");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a master key must be base64 of " + KEY_BYTES + " bytes, this one has " + bytes.length);
        }
        return new SecretKeySpec(bytes, "AES");
    }

    Map.Entry<Integer, SecretKey> newest() {
        return byNumber.lastEntry();
    }

    /** The key of a number, null for none. */
    SecretKey numbered(int number) {
        return byNumber.get(number);
    }

    @Override
    public String toString() {
        return "master keys " + byNumber.keySet();
    }
}
