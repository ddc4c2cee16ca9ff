package dev.sluice.loadtest.plan.virtual;

import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.BudgetGrants;
import dev.sluice.engine.quota.BudgetStatus;
import dev.sluice.engine.quota.BudgetThreshold;
import dev.sluice.engine.quota.CalendarEdge;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The month budget of an organisation: {@link BudgetStatus} says what may go, as in the ledger. */
public final class MonthBook {
    private final long organisationId;
    private final BudgetPool pool;
    private final long granted;
    private final List<BudgetThreshold> passed = new ArrayList<>();
    private LocalDate month;
    /** Of the months that are over, the one that had least left. */
    private Optional<Month> over = Optional.empty();

    private long gone;
    private long spent;
    private long spentInAll;

    /**
     * A month of it.
     *
     * @param status where it stood at its end, or stands
     * @param passed what of it was passed, in order
     */
    public record Month(BudgetStatus status, List<BudgetThreshold> passed) {}

    private MonthBook(BudgetGrants.Grant grant, long gone, Instant start) {
        this.organisationId = grant.organisationId();
        this.pool = grant.pool();
        this.granted = grant.units();
        this.gone = gone;
        this.month = CalendarEdge.monthOf(start);
    }

    /**
     * The book that an organisation's calls from a pool are written in; empty when nothing limits them.
     *
     * @param gone units that were spent before the start
     */
    public static Optional<MonthBook> of(
            long organisationId, Limits limits, BudgetPool pool, long gone, Instant start) {
        return BudgetGrants.of(organisationId, limits).stream()
                .filter(grant -> grant.pool() == pool)
                .map(grant -> new MonthBook(grant, gone, start))
                .findFirst();
    }

    /** Whether a call may reserve its unit. */
    boolean allows(PriorityClass priority, int reservePercent, Instant now) {
        turnTo(now);
        return status().allows(priority, reservePercent, 1, now);
    }

    /** Books a call. */
    void spend(Instant now) {
        turnTo(now);
        spent++;
        spentInAll++;
        BudgetStatus status = status();
        BudgetThreshold.passedBy(status, now).stream().skip(passed.size()).forEach(passed::add);
    }

    /** The month that had least left: a new one grants anew, and says nothing of what was short before. */
    public Month tightest() {
        Month current = new Month(status(), List.copyOf(passed));
        return over.filter(one -> one.status().available() <= current.status().available())
                .orElse(current);
    }

    private BudgetStatus status() {
        return new BudgetStatus(
                organisationId, month, pool, granted, 0, spent, gone, Optional.empty(), OptionalLong.empty());
    }

    /** Calls booked since the start, over all months. */
    public long spentInAll() {
        return spentInAll;
    }

    private void turnTo(Instant now) {
        LocalDate current = CalendarEdge.monthOf(now);
        if (!current.equals(month)) {
            over = Optional.of(tightest());
            month = current;
            gone = 0;
            spent = 0;
            passed.clear();
        }
    }
}
