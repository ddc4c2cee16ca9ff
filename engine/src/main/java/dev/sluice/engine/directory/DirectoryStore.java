package dev.sluice.engine.directory;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads tenants, organisations, apps, channels and limits: in one consistent read, in bounded pages. */
final class DirectoryStore {
    private static final String VERSION = "SELECT version FROM directory_version";

    private static final String ONE_CONSISTENT_READ = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private static final String LIMITS_IN_FORCE = """
            SELECT DISTINCT ON (profile, limit_name) profile, limit_name, limit_value
            FROM limit_profile WHERE effective_from <= $1
            ORDER BY profile, limit_name, effective_from DESC
            """;

    private static final String CHANNEL_PAGE = """
            SELECT c.id, c.tenant_id, t.state AS tenant_state, t.weight AS tenant_weight, c.name, c.kind, c.state, c.pause_reason, c.on_doubt, c.receipts,
              c.receipt_sample_percent, c.reserve_percent, c.quiet_from, c.quiet_until, c.quiet_zone, c.people_per_call,
              a.id AS app_id, a.app_key, a.agent_id, a.robot_code, a.secrets_cipher,
              o.id AS organisation_id, o.platform, o.corp_id, p.profile
            FROM channel c
            JOIN app a ON a.id = c.app_id
            JOIN organisation o ON o.id = a.organisation_id
            JOIN tenant t ON t.id = c.tenant_id
            LEFT JOIN LATERAL (SELECT profile FROM organisation_profile
              WHERE organisation_id = o.id AND effective_from <= $1 ORDER BY effective_from DESC LIMIT 1) p ON true
            WHERE c.id > $2 ORDER BY c.id LIMIT $3
            """;

    /** Half costs twice the round trips of a reload, double the size of one answer (about 5 MB at this value). */
    private static final int PAGE_CHANNELS = 5_000;

    /** A node keeps about 1 kB a channel in memory; an installation with more channels than this is split. */
    private static final int MOST_CHANNELS = 200_000;

    private final Pool pool;

    DirectoryStore(Pool pool) {
        this.pool = pool;
    }

    /** The change counter: it moves with every committed change of what {@link #load} reads. */
    Future<Long> version() {
        return pool.query(VERSION).execute().map(DirectoryStore::only);
    }

    /** Everything, as of one moment, with the limits in force on a day. */
    Future<DirectoryRows> load(LocalDate day) {
        return pool.withTransaction(connection -> connection
                .query(ONE_CONSISTENT_READ)
                .execute()
                .compose(readOnly -> connection.query(VERSION).execute().map(DirectoryStore::only))
                .compose(version -> limitsInForce(connection, day)
                        .compose(limits -> channelsAfter(connection, day, 0, new ArrayList<>())
                                .map(channels -> new DirectoryRows(version, day, limits, channels)))));
    }

    private static Long only(Iterable<Row> rows) {
        return rows.iterator().next().getLong(0);
    }

    private static Future<Map<String, Map<String, Long>>> limitsInForce(SqlConnection connection, LocalDate day) {
        return connection.preparedQuery(LIMITS_IN_FORCE).execute(Tuple.of(day)).map(rows -> {
            Map<String, Map<String, Long>> limits = new HashMap<>();
            for (Row row : rows) {
                Map<String, Long> profile = limits.computeIfAbsent(row.getString(0), name -> new HashMap<>());
                Long value = row.getLong(2);
                if (value != null) {
                    profile.put(row.getString(1), value);
                }
            }
            return limits;
        });
    }

    private static Future<List<Row>> channelsAfter(
            SqlConnection connection, LocalDate day, long channelId, List<Row> read) {
        return connection
                .preparedQuery(CHANNEL_PAGE)
                .execute(Tuple.of(day, channelId, PAGE_CHANNELS))
                .compose(page -> {
                    page.forEach(read::add);
                    if (page.size() < PAGE_CHANNELS) {
                        return Future.succeededFuture(read);
                    }
                    if (read.size() >= MOST_CHANNELS) {
                        return Future.failedFuture(
                                "more than " + MOST_CHANNELS + " channels: one installation holds no more");
                    }
                    return channelsAfter(connection, day, read.getLast().getLong("id"), read);
                });
    }
}
