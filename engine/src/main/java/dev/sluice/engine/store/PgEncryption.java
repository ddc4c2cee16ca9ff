package dev.sluice.engine.store;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.SslMode;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;
import javax.net.ssl.TrustManagerFactory;

/**
 * How connections to Postgres are encrypted, as {@code sslmode} in its address says. Neither driver can do that without being told whom to trust: where a
 * certificate is checked, both trust the authorities that the JVM trusts ({@code javax.net.ssl.trustStore}).
 */
final class PgEncryption {
    private static final String NAME_UNCHECKED = "";
    private static final String NAME_CHECKED = "HTTPS";
    /** The JDBC driver's own would look for a file in the home directory. */
    private static final String JVM_AUTHORITIES = "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";

    private PgEncryption() {}

    /** For the non-blocking client; null where nothing is encrypted. */
    static ClientSSLOptions options(SslMode mode) {
        return switch (mode) {
            case DISABLE -> null;
            case ALLOW, PREFER, REQUIRE ->
                new ClientSSLOptions().setTrustAll(true).setHostnameVerificationAlgorithm(NAME_UNCHECKED);
            case VERIFY_CA -> checked(NAME_UNCHECKED);
            case VERIFY_FULL -> checked(NAME_CHECKED);
        };
    }

    /** The same for the JDBC driver, as parameters of its address. */
    static String parameters(SslMode mode) {
        String name = mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return switch (mode) {
            case DISABLE, ALLOW, PREFER, REQUIRE -> "sslmode=" + name;
            case VERIFY_CA, VERIFY_FULL -> "sslmode=" + name + JVM_AUTHORITIES;
        };
    }

    private static ClientSSLOptions checked(String nameCheck) {
        try {
            TrustManagerFactory authorities =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            authorities.init((KeyStore) null);
            return new ClientSSLOptions()
                    .setTrustOptions(TrustOptions.wrap(authorities))
                    .setHostnameVerificationAlgorithm(nameCheck);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("the JVM's trust store cannot be used: " + unusable.getMessage(), unusable);
        }
    }
}
