package dev.sluice.admin.budget;

import dev.sluice.admin.http.Page;
import dev.sluice.admin.http.Rows;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.quota.BudgetStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code budget}, {@code budget_posting} and {@code budget_event}; what changes them is the engine's ledger. */
final class BudgetStore {
    private static final String ORGANISATION = "SELECT id FROM organisation WHERE id = $1";

    private static final String MONTHS = """
            SELECT b.*, (SELECT jsonb_agg(jsonb_build_object('percent', percent, 'at', at, 'projectedEndAt', projected_end_at) ORDER BY percent)
              FROM budget_event e WHERE e.organisation_id = b.organisation_id AND e.month = b.month AND e.pool = b.pool) AS thresholds
            FROM budget b WHERE organisation_id = $1 AND month BETWEEN $2 AND $3 ORDER BY month DESC, pool LIMIT 100
            """;

    private static final String LOCK =
            "SELECT * FROM budget WHERE organisation_id = $1 AND month = $2 AND pool = $3 FOR UPDATE";

    private static final String POSTINGS =
            "SELECT * FROM budget_posting WHERE organisation_id = $1 AND month = $2 AND id > $3 ORDER BY id LIMIT $4";

    private static final String CHANNELS =
            "SELECT c.id FROM channel c JOIN app a ON a.id = c.app_id WHERE a.organisation_id = $1 AND c.state = 'active'";

    private BudgetStore() {}

    static Future<RowSet<Row>> months(SqlClient sql, long organisationId, LocalDate from, LocalDate to) {
        return Rows.one(sql, ORGANISATION, Tuple.of(organisationId), "organisation")
                .compose(known -> sql.preparedQuery(MONTHS).execute(Tuple.of(organisationId, from, to)));
    }

    /** The row, locked for the rest of the transaction. */
    static Future<Row> lock(SqlClient sql, BudgetKey key) {
        return Rows.one(
                sql,
                LOCK,
                Tuple.of(key.organisationId(), key.month(), key.pool()),
                "budget; it is opened with the month's first metered call");
    }

    /** Channels whose calls the organisation's budgets pay. */
    static Future<List<Long>> channels(SqlClient sql, long organisationId) {
        return sql.preparedQuery(CHANNELS).execute(Tuple.of(organisationId)).map(rows -> {
            List<Long> ids = new ArrayList<>(rows.size());
            rows.forEach(row -> ids.add(row.getLong(0)));
            return ids;
        });
    }

    static Future<JsonObject> postings(SqlClient sql, long organisationId, LocalDate month, Page page) {
        return sql.preparedQuery(POSTINGS)
                .execute(Tuple.of(organisationId, month, page.afterId(0), page.fetched()))
                .map(rows -> page.reply(rows, BudgetStore::posting, row -> row.getLong("id")));
    }

    private static JsonObject posting(Row row) {
        return new JsonObject()
                .put("id", row.getLong("id"))
                .put("pool", row.getString("pool"))
                .put("debit", row.getString("debit"))
                .put("credit", row.getString("credit"))
                .put("units", row.getLong("units"))
                .put("reason", row.getString("reason"))
                .put("actor", row.getString("actor"))
                .put("at", Rows.moment(row, "at"));
    }

    static JsonObject json(Row row, Instant now) {
        BudgetStatus budget = status(row);
        JsonArray thresholds = row.getColumnIndex("thresholds") < 0 ? null : row.getJsonArray("thresholds");
        return new JsonObject()
                .put("organisationId", budget.organisationId())
                .put("month", budget.month().toString().substring(0, 7))
                .put("pool", budget.pool().wireName())
                .put("granted", budget.granted())
                .put("reserved", budget.reserved())
                .put("spent", budget.spent())
                .put("foreign", budget.foreign())
                .put("available", budget.available())
                .put("drift", budget.drift().isPresent() ? budget.drift().getAsLong() : null)
                .put("exhaustedUntil", Rows.moment(row, "exhausted_until"))
                .put("thresholds", thresholds == null ? new JsonArray() : thresholds)
                .put(
                        "projectedExhaustionAt",
                        budget.projectedEnd(now).map(Object::toString).orElse(null));
    }

    private static BudgetStatus status(Row row) {
        OffsetDateTime until = row.getOffsetDateTime("exhausted_until");
        Long drift = row.getLong("reading_drift");
        return new BudgetStatus(
                row.getLong("organisation_id"),
                row.getLocalDate("month"),
                BudgetPool.ofWireName(row.getString("pool")),
                row.getLong("granted"),
                row.getLong("reserved"),
                row.getLong("spent"),
                row.getLong("foreign_spent"),
                Optional.ofNullable(until).map(OffsetDateTime::toInstant),
                drift == null ? OptionalLong.empty() : OptionalLong.of(drift));
    }

    static ProblemException noMonth() {
        return ProblemException.notFound("month; write it as 2026-11");
    }
}
