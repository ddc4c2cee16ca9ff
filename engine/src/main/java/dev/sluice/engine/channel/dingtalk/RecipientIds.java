package dev.sluice.engine.channel.dingtalk;

import java.util.Optional;

/** DingTalk's userids. */
final class RecipientIds {
    /** A userid has at most 64 characters (address book, user creation). */
    private static final int MOST_CHARS = 64;

    private static final Optional<String> LENGTH =
            Optional.of("Must be a userid of 1 to " + MOST_CHARS + " characters.");
    private static final Optional<String> CHARACTERS = Optional.of(
            "Must be one userid: no commas, spaces, quotes or control characters (a comma would make it two people).");

    private RecipientIds() {}

    static Optional<String> fault(String recipient) {
        if (recipient.isEmpty() || recipient.length() > MOST_CHARS) {
            return LENGTH;
        }
        for (int i = 0; i < recipient.length(); i++) {
            char c = recipient.charAt(i);
            if (c <= ' ' || c == ',' || c == '"' || c == '\\' || c == 127 || Character.isSurrogate(c)) {
                return CHARACTERS;
            }
        }
        return Optional.empty();
    }
}
