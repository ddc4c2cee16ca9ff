package dev.sluice.engine.sending;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.Redaction;

/** What the token cache says. */
public sealed interface TokenAnswer {
    /**
     * A token to call with. Its text form hides it.
     *
     * @param value the secret itself
     * @param redaction hides it, and the app's other secrets
     */
    record Token(String value, Redaction redaction) implements TokenAnswer {
        @Override
        public String toString() {
            return "Token";
        }
    }

    /**
     * The platform refuses the app's credentials: the channel pauses until a person mends them.
     *
     * @param outcome advice and code
     */
    record Refused(CallOutcome.Unauthorised outcome) implements TokenAnswer {}

    /**
     * No token now: the endpoint cannot be reached or has trouble.
     *
     * @param reason for people, without secrets
     * @param waitMillis when asking again may help; until then the same answer comes without a call
     */
    record Unavailable(String reason, long waitMillis) implements TokenAnswer {}
}
