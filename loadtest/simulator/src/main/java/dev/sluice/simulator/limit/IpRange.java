package dev.sluice.simulator.limit;

/** An IPv4 address or CIDR block of an allowlist; other texts match themselves only. */
public record IpRange(String text) {
    /** Whether an address lies inside. */
    public boolean contains(String address) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return text.equals(address);
        }
        long network = number(text.substring(0, slash));
        long candidate = number(address);
        int bits = Integer.parseInt(text.substring(slash + 1));
        return network >= 0 && candidate >= 0 && network >> (32 - bits) == candidate >> (32 - bits);
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
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }
}
