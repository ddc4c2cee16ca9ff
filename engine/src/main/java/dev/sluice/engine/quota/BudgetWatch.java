package dev.sluice.engine.quota;

import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through all organisations, a page at a time: opens this month and, from two days before its end, the next; follows profile changes; sees that no units stay reserved for calls that ended; raises thresholds.
 * Whoever deploys it runs a round each minute and arms the next when one ends. Rounds of several nodes do the same work twice and nothing twice over.
 */
public final class BudgetWatch {
    /** Organisations in a page; bounds memory and the locks of one transaction. */
    private static final int PAGE = 200;

    private static final String ACTOR = "budget watch";
    private static final int AHEAD_DAYS = 2;

    private final BudgetLedger ledger;
    private final BudgetAudit audit;
    private final BudgetGrants grants;
    private final EngineClock clock;

    /**
     * @param ledger the books
     * @param audit of the same books
     * @param grants what profiles grant
     * @param clock which month it is
     */
    public BudgetWatch(BudgetLedger ledger, BudgetAudit audit, BudgetGrants grants, EngineClock clock) {
        this.ledger = ledger;
        this.audit = audit;
        this.grants = grants;
        this.clock = clock;
    }

    /** One round; gives the thresholds that were raised by it. Fails when the work for an organisation failed, after that for all others; the next round tries again. */
    public Future<List<BudgetThreshold>> round() {
        return pageAfter(0, new ArrayList<>());
    }

    private Future<List<BudgetThreshold>> pageAfter(long organisationId, List<BudgetThreshold> raised) {
        return grants.organisationsAfter(organisationId, PAGE)
                .compose(page -> page.isEmpty()
                        ? Future.succeededFuture(raised)
                        : watch(page, raised)
                                .transform(watched -> pageAfter(page.getLast(), raised)
                                        .compose(all -> watched.succeeded()
                                                ? Future.succeededFuture(all)
                                                : Future.failedFuture(watched.cause()))));
    }

    /** Together; where that fails, each by itself, so that the trouble of one closes no other's month. */
    private Future<Void> watch(List<Long> organisations, List<BudgetThreshold> raised) {
        return watch(organisations)
                .onSuccess(raised::addAll)
                .<Void>mapEmpty()
                .recover(trouble -> organisations.size() == 1
                        ? Future.failedFuture(trouble)
                        : Future.join(organisations.stream()
                                        .map(one -> watch(List.of(one), raised))
                                        .toList())
                                .mapEmpty());
    }

    private Future<List<BudgetThreshold>> watch(List<Long> organisations) {
        Instant now = clock.now();
        LocalDate today = CalendarEdge.dayOf(now);
        LocalDate month = CalendarEdge.monthOf(now);
        LocalDate soon = today.plusDays(AHEAD_DAYS).withDayOfMonth(1);
        Future<Void> next = soon.equals(month) ? Future.succeededFuture() : ensure(organisations, soon, soon);
        return next.compose(ahead -> ensure(organisations, month, today))
                .compose(ensured -> audit.recount(organisations, month))
                .compose(counted -> ledger.status(organisations, month))
                .compose(budgets -> ledger.raise(month, budgets));
    }

    private Future<Void> ensure(List<Long> organisations, LocalDate month, LocalDate profileDay) {
        return grants.of(organisations, profileDay).compose(wanted -> ledger.ensureGrants(month, wanted, ACTOR));
    }
}
