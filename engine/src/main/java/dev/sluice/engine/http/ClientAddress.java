package dev.sluice.engine.http;

import io.vertx.core.net.SocketAddress;

/**
 * Who counts as one client where clients are bounded: an IPv4 address, or the first 64 bits of an IPv6 one, since whoever has one of those has all that differ
 * from it behind them.
 */
public final class ClientAddress {
    private static final int NETWORK_GROUPS = 4;

    private ClientAddress() {}

    /** A text that is the same for all addresses of one client. */
    public static String of(SocketAddress remote) {
        String address = String.valueOf(remote.hostAddress());
        int end = -1;
        for (int group = 0; group < NETWORK_GROUPS; group++) {
            end = address.indexOf(':', end + 1);
            if (end < 0) {
                return address;
            }
        }
        return address.substring(0, end);
    }
}
