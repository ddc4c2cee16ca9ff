package dev.sluice.engine.secret;

/** A sealed secret does not open: another master key, another place, or damaged bytes. The message never holds any of them. */
public final class SecretUnreadable extends RuntimeException {
    SecretUnreadable(String message) {
        super(message);
    }
}
