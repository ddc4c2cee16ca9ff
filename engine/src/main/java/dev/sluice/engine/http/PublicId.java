package dev.sluice.engine.http;

import dev.sluice.engine.model.DeliveryKey;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Ids as clients see them: {@code msg_}, {@code cmp_} or {@code dlv_}, then Crockford's base 32 of our number (13 characters; for a delivery, its ordinal
 * follows). Letters are lower case; reading forgives upper case.
 */
public final class PublicId {
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int ID_DIGITS = 13;
    private static final int MOST_ORDINAL_DIGITS = 7;
    private static final int PREFIX_CHARS = 4;

    private PublicId() {}

    /** {@code msg_...} */
    public static String message(long id) {
        return "msg_" + digits(id, ID_DIGITS);
    }

    /** {@code cmp_...} */
    public static String campaign(long id) {
        return "cmp_" + digits(id, ID_DIGITS);
    }

    /** {@code dlv_...} */
    public static String delivery(long submissionId, int ordinal) {
        int ordinalDigits = Math.max(1, Math.ceilDiv(Integer.SIZE - Integer.numberOfLeadingZeros(ordinal), 5));
        return "dlv_" + digits(submissionId, ID_DIGITS) + digits(ordinal, ordinalDigits);
    }

    /** The number of a message's or campaign's id; empty when it is not one. */
    public static OptionalLong submission(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean shaped =
                lower.length() == PREFIX_CHARS + ID_DIGITS && (lower.startsWith("msg_") || lower.startsWith("cmp_"));
        return shaped ? number(lower.substring(PREFIX_CHARS)) : OptionalLong.empty();
    }

    /** The key of a delivery's id; empty when it is not one. */
    public static Optional<DeliveryKey> delivery(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int ordinalAt = PREFIX_CHARS + ID_DIGITS;
        if (!lower.startsWith("dlv_")
                || lower.length() <= ordinalAt
                || lower.length() > ordinalAt + MOST_ORDINAL_DIGITS) {
            return Optional.empty();
        }
        OptionalLong submission = number(lower.substring(PREFIX_CHARS, ordinalAt));
        OptionalLong ordinal = number(lower.substring(ordinalAt));
        return submission.isPresent() && ordinal.isPresent() && ordinal.getAsLong() <= Integer.MAX_VALUE
                ? Optional.of(new DeliveryKey(submission.getAsLong(), (int) ordinal.getAsLong()))
                : Optional.empty();
    }

    private static String digits(long number, int count) {
        char[] digits = new char[count];
        long rest = number;
        for (int place = count - 1; place >= 0; place--) {
            digits[place] = DIGITS.charAt((int) (rest & 31));
            rest >>>= 5;
        }
        return new String(digits);
    }

    private static OptionalLong number(String digits) {
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = DIGITS.indexOf(digits.charAt(i));
            if (digit < 0) {
                return OptionalLong.empty();
            }
            number = number << 5 | digit;
        }
        return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
