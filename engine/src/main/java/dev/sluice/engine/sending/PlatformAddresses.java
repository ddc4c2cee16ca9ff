package dev.sluice.engine.sending;

import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import java.net.URI;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Where each family of a platform's APIs lives. Only the operator's configuration says so, never a tenant: calls carry tokens. */
public final class PlatformAddresses {
    private final Map<ApiFamily, Address> addresses = new EnumMap<>(ApiFamily.class);

    /**
     * A base URL, taken apart once.
     *
     * @param host name or literal address
     * @param port explicit or the scheme's
     * @param isTls whether the connection is encrypted
     * @param pathPrefix what stands before every path, without a slash at its end
     */
    record Address(String host, int port, boolean isTls, String pathPrefix) {}

    /** @param baseUrls the base URL of each family; which of them may go without encryption the configuration has decided */
    public PlatformAddresses(Map<ApiFamily, String> baseUrls) {
        for (ApiFamily family : ApiFamily.values()) {
            String baseUrl = baseUrls.get(family);
            if (baseUrl == null) {
                throw new IllegalArgumentException("no base URL for " + family);
            }
            addresses.put(family, parse(family, baseUrl));
        }
    }

    Address of(ApiFamily family) {
        return addresses.get(family);
    }

    private static Address parse(ApiFamily family, String baseUrl) {
        URI uri = URI.create(baseUrl);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean isTls = scheme.equals("https");
        boolean isWhole = uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        if (!isWhole || !(isTls || scheme.equals("http"))) {
            throw new IllegalArgumentException("the base URL of " + family + " must be https://host[:port][/path]");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : isTls ? 443 : 80;
        return new Address(uri.getHost(), port, isTls, uri.getRawPath().replaceAll("/+$", ""));
    }
}
