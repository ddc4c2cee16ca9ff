package dev.sluice.engine.quota;

/** What a gate's scope means in Postgres: {@code app:12}, {@code channel:7}, {@code org:3}, or {@code ip:NAME} for everything that leaves this installation. */
final class GateScope {
    private GateScope() {}

    /**
     * The condition on {@code call} that finds the calls of a scope through an index.
     *
     * @param id how the statement names {@link #id}: a parameter or a column of {@code bigint}
     */
    static String condition(String scope, String id) {
        return switch (kind(scope)) {
            case "app" -> "app_id = %s".formatted(id);
            case "channel" ->
                "channel_id = %1$s AND app_id = (SELECT h.app_id FROM channel h WHERE h.id = %1$s)".formatted(id);
            case "org" -> "app_id IN (SELECT a.id FROM app a WHERE a.organisation_id = %s)".formatted(id);
            case "ip" -> "tenant_id IN (SELECT t.id FROM tenant t) AND %s = 0".formatted(id);
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

    /** What is before the colon; scopes of one kind have one condition. */
    static String kind(String scope) {
        return scope.substring(0, Math.max(0, scope.indexOf(':')));
    }

    private static IllegalArgumentException unknown(String scope) {
        return new IllegalArgumentException("gate scope must be app:ID, channel:ID, org:ID or ip:NAME, not " + scope);
    }
}
