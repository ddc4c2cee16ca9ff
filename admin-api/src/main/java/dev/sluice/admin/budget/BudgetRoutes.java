package dev.sluice.admin.budget;

import dev.sluice.admin.http.Changed;
import dev.sluice.admin.http.Changes;
import dev.sluice.admin.http.Fields;
import dev.sluice.admin.http.Request;
import dev.sluice.admin.http.Route;
import dev.sluice.engine.http.TextRules;
import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.quota.BudgetLedger;
import dev.sluice.engine.scheduling.wake.WakeUps;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * Month budgets of an organisation: where they stand and when they will end; what an operator reads at the platform's own console (the difference to ours is
 * foreign spend); add-on packs.
 */
public final class BudgetRoutes {
    private static final List<String> POOLS =
            Arrays.stream(BudgetPool.values()).map(BudgetPool::wireName).toList();
    private static final long MOST_UNITS = 1_000_000_000_000L;
    private static final String BUDGETS = "/v1/organisations/{organisationId}/budgets";

    private final Pool pool;
    private final Changes changes;
    private final WakeUps wakeUps;
    private final EngineClock clock;
    private final BudgetLedger ledger;

    public BudgetRoutes(Pool pool, Changes changes, WakeUps wakeUps, EngineClock clock) {
        this.pool = pool;
        this.changes = changes;
        this.wakeUps = wakeUps;
        this.clock = clock;
        this.ledger = new BudgetLedger(pool, clock);
    }

    public List<Route> routes() {
        return List.of(
                Route.get(
                        BUDGETS,
                        request -> status(
                                request,
                                clock.platformMonth().minusYears(3),
                                clock.platformMonth().plusYears(1))),
                Route.get(BUDGETS + "/{month}", request -> status(request, month(request), month(request))),
                Route.act(BUDGETS + "/{month}/readings", this::read),
                Route.act(BUDGETS + "/{month}/packs", this::addPack),
                Route.get(
                        BUDGETS + "/{month}/postings",
                        request -> BudgetStore.postings(
                                pool, request.id("organisationId"), month(request), request.page())));
    }

    private Future<JsonObject> status(Request request, LocalDate from, LocalDate to) {
        return BudgetStore.months(pool, request.id("organisationId"), from, to).map(rows -> {
            JsonArray items = new JsonArray();
            rows.forEach(row -> items.add(projected(row)));
            return new JsonObject().put("items", items);
        });
    }

    private JsonObject projected(Row row) {
        return BudgetStore.json(row, clock.now());
    }

    /** What the platform shows as used, minus what we know to have spent, is what others spent. A call that is in flight may be counted there: then foreign is too high by it. */
    private Future<JsonObject> read(Request request) {
        Fields body = request.body();
        BudgetKey key = key(request, body);
        Long usedUnits = body.number("usedUnits", 0, MOST_UNITS);
        body.check();
        return changes.commit(
                        request.actor(),
                        "budget.reading",
                        sql -> BudgetStore.lock(sql, key)
                                .compose(row -> ledger.reading(
                                        sql,
                                        key.organisationId(),
                                        key.month(),
                                        BudgetPool.ofWireName(key.pool()),
                                        usedUnits,
                                        request.actor()))
                                .compose(set -> changed(sql, key, new JsonObject().put("usedUnits", usedUnits))))
                .onSuccess(done -> wake(key));
    }

    private Future<JsonObject> addPack(Request request) {
        Fields body = request.body();
        BudgetKey key = key(request, body);
        Long units = body.number("units", 1, MOST_UNITS);
        String reason = body.text("reason", 500);
        body.check();
        return changes.commit(
                        request.actor(),
                        "budget.pack",
                        sql -> BudgetStore.lock(sql, key)
                                .compose(row -> ledger.addOn(
                                        sql,
                                        key.organisationId(),
                                        key.month(),
                                        BudgetPool.ofWireName(key.pool()),
                                        units,
                                        "add-on pack: " + reason,
                                        request.actor()))
                                .compose(granted -> changed(
                                        sql,
                                        key,
                                        new JsonObject().put("units", units).put("reason", reason))))
                .onSuccess(done -> wake(key));
    }

    private Future<Changed> changed(SqlConnection sql, BudgetKey key, JsonObject detail) {
        return BudgetStore.lock(sql, key).map(row -> new Changed(key.toString(), detail, projected(row)));
    }

    /** What waited for the month may go now. A word that gets lost costs waiting until lanes look by themselves. */
    private void wake(BudgetKey key) {
        BudgetStore.channels(pool, key.organisationId()).onSuccess(wakeUps::changed);
    }

    private static BudgetKey key(Request request, Fields body) {
        return new BudgetKey(request.id("organisationId"), month(request), body.word("pool", POOLS));
    }

    private static LocalDate month(Request request) {
        try {
            return TextRules.day(request.text("month") + "-01");
        } catch (DateTimeException notAMonth) {
            throw BudgetStore.noMonth();
        }
    }
}
