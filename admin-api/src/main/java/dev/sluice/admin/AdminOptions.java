package dev.sluice.admin;

/**
 * How the control plane listens.
 *
 * @param host the address; the machine's own by default, since this API can do everything
 * @param port the port, 0 for any free one
 */
public record AdminOptions(String host, int port) {
    /** Only from this machine, port 8081. */
    public static final AdminOptions USUAL = new AdminOptions("127.0.0.1", 8081);

    public AdminOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the admin port must be 0 to 65535, not " + port);
        }
    }
}
