package dev.sluice.engine.channel;

import dev.sluice.engine.directory.AppEntry;
import dev.sluice.engine.quota.SlotGate;
import java.util.List;

/** How a platform gives out access tokens. Pure, like the adapters; token calls are unmetered. */
public interface TokenProtocol {
    /** The gates that asking for a token of the app passes. */
    List<SlotGate> gates(AppEntry app);

    /** Asks for a token of the app. */
    PlatformRequest request(AppEntry app);

    /** Reads the answer. Total: any bytes give a reply. */
    TokenReply read(PlatformReply reply);

    /** What asking for a token came to. */
    sealed interface TokenReply {
        /**
         * A token. Its text form hides it.
         *
         * @param token the secret itself
         * @param lifeSeconds how long it lives from now
         */
        record Granted(String token, long lifeSeconds) implements TokenReply {
            @Override
            public String toString() {
                return "Granted for " + lifeSeconds + " s";
            }
        }

        /**
         * The platform refuses these credentials: only a person can mend it.
         *
         * @param outcome advice and code
         */
        record Refused(CallOutcome.Unauthorised outcome) implements TokenReply {}

        /**
         * No token this time, for a reason that may pass.
         *
         * @param reason for people
         */
        record Failed(String reason) implements TokenReply {}
    }
}
