package dev.sluice.simulator.directory;

/**
 * Many people by rule instead of by object: {@code prefix} plus a number from {@code first}, padded to {@code width}
 * digits; all in one department and of one standing.
 *
 * @param base the index of the first person in the organisation
 */
record PeopleRange(String prefix, int first, int count, int width, int base, long departmentId, Standing standing) {
    /** Index of a person in the organisation, or -1 if the text is none of this range. */
    int indexOf(String text, int from, int to) {
        int digits = to - from - prefix.length();
        if (digits < width || digits > 9 || !text.startsWith(prefix, from)) {
            return -1;
        }
        int at = from + prefix.length();
        if (digits > width && text.charAt(at) == '0') {
            return -1;
        }
        int number = 0;
        for (; at < to; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        int offset = number - first;
        return offset >= 0 && offset < count ? base + offset : -1;
    }

    boolean contains(int index) {
        return index >= base && index - base < count;
    }

    String userid(int index) {
        String number = Integer.toString(first + index - base);
        return prefix + "0".repeat(Math.max(0, width - number.length())) + number;
    }
}
