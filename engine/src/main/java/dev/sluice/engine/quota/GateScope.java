package dev.sluice.engine.quota;

/** What a gate's scope means in Postgres: {@code app:12}, {@code channel:7}, {@code org:3}, or {@code ip:NAME} for everything that leaves this installation. */
final class GateScope {
    private GateScope() {}

    /** The condition on {@code call} that finds a scope's calls through an index; {@code $1} is {@link #id}. */
    static String condition(String scope) {
        return switch (kind(scope)) {
            case "app" -> "app_id = $1::bigint";
            case "channel" -> "channel_id = $1::bigint AND app_id = (SELECT h.app_id FROM channel h WHERE h.id = $1)";
            case "org" -> "app_id IN (SELECT a.id FROM app a WHERE a.organisation_id = $1::bigint)";
            case "ip" -> "tenant_id IN (SELECT t.id FROM tenant t) AND $1::bigint = 0";
            default -> throw unknown(scope);
        };
    }

    /** The number in the scope; 0 for an address. */
    static long id(String scope) {
        try {
            return kind(scope).equals("ip") ? 0 : Long.parseLong(scope.substring(scope.indexOf(':') + 1));
        } catch (NumberFormatException notANumber) {
            throw unknown(scope);
        }
    }

    private static String kind(String scope) {
        return scope.substring(0, Math.max(0, scope.indexOf(':')));
    }

    private static IllegalArgumentException unknown(String scope) {
        return new IllegalArgumentException("gate scope must be app:ID, channel:ID, org:ID or ip:NAME, not " + scope);
    }
}
