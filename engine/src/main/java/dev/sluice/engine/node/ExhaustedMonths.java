package dev.sluice.engine.node;

import dev.sluice.engine.directory.OrganisationEntry;
import dev.sluice.engine.quota.BudgetLedger;
import dev.sluice.engine.quota.CalendarEdge;
import dev.sluice.engine.scheduling.PgChannelTrouble.Exhausted;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;

/** Books what a platform says about a spent month. */
final class ExhaustedMonths {
    /**
     * How long the platform's word is believed: somebody may buy an add-on there without telling us, and asking again costs one call that is not metered. Half
     * asks twice as often all month, double starts that much later after a purchase.
     */
    private static final Duration BELIEVED = Duration.ofMinutes(30);

    private final BudgetLedger ledger;
    private final EngineClock clock;

    ExhaustedMonths(BudgetLedger ledger, EngineClock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    Future<Void> book(OrganisationEntry organisation, Exhausted exhausted) {
        Instant now = clock.now();
        Instant endOfMonth = CalendarEdge.endOfMonth(now);
        Instant until = now.plus(BELIEVED).isBefore(endOfMonth) ? now.plus(BELIEVED) : endOfMonth;
        return ledger.exhausted(
                organisation.id(),
                CalendarEdge.monthOf(now),
                exhausted.budgetPool(),
                exhausted.said().used(),
                until);
    }
}
