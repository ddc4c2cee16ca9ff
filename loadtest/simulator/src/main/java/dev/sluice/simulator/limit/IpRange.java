package dev.sluice.simulator.limit;

/** An IPv4 address or CIDR block of an allowlist; other texts match themselves only. */
public record IpRange(String text) {
    private static final int MOST_BITS = 32;

    public IpRange {
        int slash = text.indexOf('/');
        if (slash >= 0 && (number(text.substring(0, slash)) < 0 || bits(text) > MOST_BITS)) {
            throw new IllegalArgumentException("an address range must look like 10.1.0.0/16, not " + text);
        }
    }

    /** Whether an address lies inside. */
    public boolean contains(String address) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return text.equals(address);
        }
        long network = number(text.substring(0, slash));
        long candidate = number(address);
        int ignored = MOST_BITS - bits(text);
        return candidate >= 0 && network >> ignored == candidate >> ignored;
    }

    /** What stands behind the slash; more than an address has where it is no such number. */
    private static int bits(String text) {
        String bits = text.substring(text.indexOf('/') + 1);
        return bits.matches("\\d{1,2}") ? Integer.parseInt(bits) : Integer.MAX_VALUE;
    }

    private static long number(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4) {
            return -1;
        }
        long number = 0;
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(Character::isDigit)) {
                return -1;
            }
            int octet = Integer.parseInt(part);
            if (octet > 255) {
                return -1;
            }
            number = number << 8 | octet;
        }
        return number;
    }
}
