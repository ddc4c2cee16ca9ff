package dev.sluice.engine.auth;

import java.util.Locale;

/** What a key opens. */
public enum KeyScope {
    /** The send API of one tenant. */
    SEND,
    /** The control plane of the installation. */
    ADMIN;

    /** The name used in the API and the database. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope of a stored name; fails on one that was never written. */
    public static KeyScope ofWireName(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
