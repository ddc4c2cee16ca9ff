package dev.sluice.engine.store;

import io.vertx.pgclient.PgConnectOptions;

/**
 * Where Postgres is, for the JDBC driver. Prints itself without the password.
 *
 * @param url without user and password
 * @param user who connects
 * @param password may be null where the server asks for none
 */
public record JdbcAddress(String url, String user, String password) {
    /** The same server, database and TLS mode as the options of the non-blocking client. */
    public static JdbcAddress of(PgConnectOptions options) {
        String url = "jdbc:postgresql://%s:%d/%s?%s"
                .formatted(
                        inUrl(options.getHost()),
                        options.getPort(),
                        options.getDatabase(),
                        PgEncryption.parameters(options.getSslMode()));
        return new JdbcAddress(url, options.getUser(), options.getPassword());
    }

    private static String inUrl(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** The same; who connects gives up when the server has not let him in after so many seconds, or when he is interrupted. */
    public JdbcAddress withLoginTimeout(int seconds) {
        return new JdbcAddress(url + "&loginTimeout=" + seconds, user, password);
    }

    @Override
    public String toString() {
        return url + " as " + user;
    }
}
