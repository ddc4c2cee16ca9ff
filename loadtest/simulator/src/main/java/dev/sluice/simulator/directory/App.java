package dev.sluice.simulator.directory;

import dev.sluice.simulator.limit.IpRange;
import java.util.List;
import java.util.Set;

/**
 * An internal app of an organisation.
 *
 * @param robotCode the app's robot; equals the app key unless given
 * @param scopes permission points; empty means all of them
 * @param ipAllowlist source addresses or CIDR blocks; empty means any
 */
public record App(
        String corpId,
        String appKey,
        String appSecret,
        long agentId,
        String robotCode,
        Set<String> scopes,
        List<IpRange> ipAllowlist) {
    public App {
        scopes = Set.copyOf(scopes);
        ipAllowlist = List.copyOf(ipAllowlist);
    }

    /** An app with every permission that may be called from anywhere. */
    public static App of(String corpId, String appKey, String appSecret, long agentId) {
        return new App(corpId, appKey, appSecret, agentId, appKey, Set.of(), List.of());
    }

    public boolean allows(String scope) {
        return scope.isEmpty() || scopes.isEmpty() || scopes.contains(scope);
    }

    public boolean allowsAddress(String address) {
        return ipAllowlist.isEmpty() || ipAllowlist.stream().anyMatch(range -> range.contains(address));
    }
}
