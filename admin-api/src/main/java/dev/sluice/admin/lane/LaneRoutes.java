package dev.sluice.admin.lane;

import dev.sluice.admin.http.Page;
import dev.sluice.admin.http.Request;
import dev.sluice.admin.http.Route;
import dev.sluice.admin.http.Rows;
import dev.sluice.engine.scheduling.status.LaneStatus;
import dev.sluice.engine.scheduling.status.LaneStatusBoard;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lanes as the scheduler sees them: what waits, who owns it, which gate binds and until when. What waits comes from Postgres, the rest from what the owner last
 * said in Redis; when Redis cannot say, the answer is there without it.
 */
public final class LaneRoutes {
    private static final Logger log = LoggerFactory.getLogger(LaneRoutes.class);

    /** Counts at most 10,000 open submissions a lane: beyond that the figures say "at least". */
    private static final String COLUMNS = """
            SELECT c.id, c.tenant_id, c.name, c.kind, c.state, c.pause_reason, t.state AS tenant_state,
              n.name AS owner, w.submissions, w.people, w.earliest
            FROM channel c JOIN tenant t ON t.id = c.tenant_id
            LEFT JOIN app_lease l ON l.app_id = c.app_id
            LEFT JOIN node n ON n.incarnation = l.incarnation AND n.lease_until > now()
            LEFT JOIN LATERAL (
              SELECT count(*) AS submissions, coalesce(sum(people), 0)::bigint AS people, min(deliver_by) AS earliest FROM (
                SELECT total - sent - delivered - failed - suppressed - expired - cancelled - in_doubt AS people, deliver_by
                FROM submission s WHERE s.channel_id = c.id AND s.state IN (1, 3) LIMIT 10000) open) w ON true
            """;

    private static final String LIST =
            COLUMNS + "WHERE c.id > $1 AND ($2::bigint IS NULL OR c.tenant_id = $2) ORDER BY c.id LIMIT $3";
    private static final String GET = COLUMNS + "WHERE c.id = $1";
    private static final long COUNTED_SUBMISSIONS = 10_000;

    private final Pool pool;
    private final LaneStatusBoard board;

    public LaneRoutes(Pool pool, LaneStatusBoard board) {
        this.pool = pool;
        this.board = board;
    }

    public List<Route> routes() {
        return List.of(Route.get("/v1/lanes", this::list), Route.get("/v1/lanes/{channelId}", this::get));
    }

    private Future<JsonObject> list(Request request) {
        Page page = request.page("tenantId");
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(page.afterId(0), request.filterId("tenantId"), page.fetched()))
                .compose(rows -> said(rows.stream())
                        .map(said -> page.reply(rows, row -> json(row, said), row -> row.getLong("id"))));
    }

    private Future<JsonObject> get(Request request) {
        return Rows.one(pool, GET, Tuple.of(request.id("channelId")), "lane")
                .compose(row -> said(Stream.of(row)).map(said -> json(row, said)));
    }

    private Future<Map<Long, LaneStatus>> said(Stream<Row> lanes) {
        List<Long> ids = lanes.map(row -> row.getLong("id")).toList();
        return board.read(ids).recover(silent -> {
            log.warn("Redis does not say what holds the lanes: {}", String.valueOf(silent));
            return Future.succeededFuture(Map.of());
        });
    }

    private static JsonObject json(Row row, Map<Long, LaneStatus> said) {
        long submissions = row.getLong("submissions");
        LaneStatus status = said.get(row.getLong("id"));
        return new JsonObject()
                .put("channelId", row.getLong("id"))
                .put("tenantId", row.getLong("tenant_id"))
                .put("channel", row.getString("name"))
                .put("kind", row.getString("kind"))
                .put("owner", row.getString("owner"))
                .put("openSubmissions", submissions)
                .put("peopleToGo", row.getLong("people"))
                .put("countedUpTo", submissions == COUNTED_SUBMISSIONS ? COUNTED_SUBMISSIONS : null)
                .put("earliestDeadline", Rows.moment(row, "earliest"))
                .put("heldBy", heldBy(row))
                .put("scheduler", status == null ? null : status.toJson());
    }

    /** What people hold back, as a list: it is so whether or not an owner said it yet. */
    private static JsonArray heldBy(Row row) {
        JsonArray held = new JsonArray();
        if (row.getString("tenant_state").equals("paused")) {
            held.add("The tenant is paused.");
        }
        if (row.getString("state").equals("paused")) {
            held.add("The channel is paused: " + row.getString("pause_reason"));
        }
        return held;
    }
}
