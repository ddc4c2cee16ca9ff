package dev.sluice.engine.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What stands for bytes without leading back to them. */
public final class Sha256 {
    private Sha256() {}

    /** The 32 bytes. */
    public static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
