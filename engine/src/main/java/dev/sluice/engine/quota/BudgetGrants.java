package dev.sluice.engine.quota;

import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.Limits;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Reads what the limit profiles in force on a day grant to organisations, page by page. */
public final class BudgetGrants {
    private static final String ORGANISATIONS = "SELECT id FROM organisation WHERE id > $1 ORDER BY id LIMIT $2";

    private static final String LIMITS = """
            SELECT o.id, l.limit_name, l.limit_value
            FROM unnest($1::bigint[]) AS o (id)
            CROSS JOIN LATERAL (SELECT profile FROM organisation_profile
              WHERE organisation_id = o.id AND effective_from <= $2 ORDER BY effective_from DESC LIMIT 1) p
            CROSS JOIN LATERAL (SELECT DISTINCT ON (limit_name) limit_name, limit_value FROM limit_profile
              WHERE profile = p.profile AND effective_from <= $2 ORDER BY limit_name, effective_from DESC) l
            """;

    private final Pool pool;

    /** Reads through a pool. */
    public BudgetGrants(Pool pool) {
        this.pool = pool;
    }

    /** The next organisations by id, at most so many. */
    public Future<List<Long>> organisationsAfter(long organisationId, int most) {
        return pool.preparedQuery(ORGANISATIONS)
                .execute(Tuple.of(organisationId, most))
                .map(rows -> {
                    List<Long> ids = new ArrayList<>(rows.size());
                    rows.forEach(row -> ids.add(row.getLong(0)));
                    return ids;
                });
    }

    /** What these organisations are granted for a month under the profiles in force on a day. */
    public Future<List<Grant>> of(List<Long> organisationIds, LocalDate day) {
        return pool.preparedQuery(LIMITS)
                .execute(Tuple.of(organisationIds.toArray(Long[]::new), day))
                .map(rows -> {
                    Map<Long, Map<String, Long>> limits = new HashMap<>();
                    rows.forEach(row -> limits.computeIfAbsent(row.getLong(0), id -> new HashMap<>())
                            .put(row.getString(1), row.getLong(2)));
                    List<Grant> grants = new ArrayList<>();
                    limits.forEach((organisation, values) -> grants.addAll(of(organisation, new Limits(values))));
                    return grants;
                });
    }

    /** What limits grant: a pool without a limit has no budget. Pure. */
    public static List<Grant> of(long organisationId, Limits limits) {
        List<Grant> grants = new ArrayList<>();
        for (BudgetPool pool : BudgetPool.values()) {
            OptionalLong units = limits.value(pool.grantLimitName());
            units.ifPresent(granted -> grants.add(new Grant(organisationId, pool, granted)));
        }
        return grants;
    }

    /**
     * What a profile grants.
     *
     * @param organisationId to whom
     * @param pool which units
     * @param units how many a month
     */
    public record Grant(long organisationId, BudgetPool pool, long units) {}
}
