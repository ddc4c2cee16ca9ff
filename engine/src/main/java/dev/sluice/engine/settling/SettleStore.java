package dev.sluice.engine.settling;

import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.settling.Settlement.Progress;
import dev.sluice.engine.store.Columns;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Writes what calls came to: the call rows, the ledger, the deliveries and the counters of their submissions, in one statement for many calls. An answer is
 * good whoever owns the app by then: whoever moves a call on decides about its deliveries, once. Changes without a call need the app's lease.
 *
 * <p>Deliveries of a campaign travel in the order of its file, so they are settled in runs of neighbours: one walk along the index for each run.
 */
public final class SettleStore {
    /**
     * Rows that others want too are locked in one order, so that two statements never wait for each other: leases, then submissions, then budgets, each by key. A
     * sorted list walks along the index of the table that it changes: its order is theirs as long as the list is the outer side of their join, and a few hundred rows
     * are. Budgets come last because every call of an organisation wants its row, which stays locked until the commit: asking how many submissions were counted is
     * what makes Postgres count them first.
     *
     * <p>A call whose intent became durable in the moment in which its organisation's month was opened has reserved nothing there: it is spent all the same, and one
     * such call must not keep the others of its statement from being written.
     */
    static final String SETTLE = """
            WITH answered AS (
              UPDATE call c SET state = u.state, charge = u.charge, platform_ref = coalesce(nullif(u.platform_ref, ''), c.platform_ref), platform_code = nullif(u.code, ''),
                platform_text = nullif(u.text, ''), answered_at = coalesce(c.answered_at, clock_timestamp()),
                receipt_due_at = CASE WHEN u.receipt_after >= 0 THEN clock_timestamp() + u.receipt_after * interval '1 millisecond' END
              FROM unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::smallint[], $5::smallint[], $6::text[], $7::text[], $8::text[], $9::bigint[])
                AS u (tenant_id, id, from_state, state, charge, platform_ref, code, text, receipt_after)
              WHERE c.tenant_id = u.tenant_id AND c.id = u.id AND c.state = u.from_state
              RETURNING c.id, c.organisation_id, c.budget_month, c.budget_pool, c.units, c.charge
            ), lease AS (
              SELECT l.app_id FROM app_lease l
              JOIN unnest($10::bigint[], $11::bigint[]) AS u (app_id, epoch) ON u.app_id = l.app_id AND u.epoch = l.epoch
              WHERE l.incarnation = $12
              ORDER BY l.app_id
              FOR SHARE OF l
            ), changed AS (
              UPDATE delivery d SET state = u.to_state, disposition = nullif(u.disposition, 0), call_id = coalesce(nullif(u.call_id, 0), d.call_id),
                settled_at = CASE WHEN u.to_state <> 0 THEN clock_timestamp() END,
                not_before = CASE WHEN u.to_state = 0 THEN clock_timestamp() + u.delay * interval '1 millisecond' END,
                attempts = d.attempts + CASE WHEN u.call_id <> 0 THEN 1 ELSE 0 END
              FROM unnest($13::bigint[], $14::bigint[], $15::bigint[], $16::integer[], $17::integer[], $18::smallint[], $19::smallint[], $20::smallint[], $21::bigint[], $22::bigint[], $23::bigint[])
                AS u (app_id, tenant_id, submission_id, first_ordinal, last_ordinal, from_state, to_state, disposition, call_id, fence_call_id, delay)
              WHERE d.tenant_id = u.tenant_id AND d.submission_id = u.submission_id AND d.ordinal BETWEEN u.first_ordinal AND u.last_ordinal AND d.state = u.from_state
                AND CASE WHEN u.fence_call_id = 0 THEN u.app_id IN (SELECT app_id FROM lease) ELSE u.fence_call_id IN (SELECT id FROM answered) END
              RETURNING d.tenant_id, d.submission_id, d.ordinal, u.from_state, u.to_state, u.call_id
            ), moved AS (
              SELECT tenant_id, submission_id, from_state, to_state, count(*)::integer AS deliveries,
                min(ordinal) FILTER (WHERE from_state <> 0 AND to_state = 0) AS reopened, NULL::integer AS known_below, NULL::integer AS settled_below
              FROM changed GROUP BY 1, 2, 3, 4
              UNION ALL
              SELECT tenant_id, submission_id, 0, 0, 0, NULL, known_below, settled_below
              FROM unnest($24::bigint[], $25::bigint[], $26::integer[], $27::integer[]) AS u (tenant_id, submission_id, known_below, settled_below)
            ), tally AS (
              SELECT tenant_id, submission_id,
                sum(deliveries * ((to_state = 1)::integer - (from_state = 1)::integer)) AS sent,
                sum(deliveries * ((to_state = 2)::integer - (from_state = 2)::integer)) AS delivered,
                sum(deliveries * ((to_state = 3)::integer - (from_state = 3)::integer)) AS failed,
                sum(deliveries * ((to_state = 4)::integer - (from_state = 4)::integer)) AS suppressed,
                sum(deliveries * ((to_state = 5)::integer - (from_state = 5)::integer)) AS expired,
                sum(deliveries * ((to_state = 6)::integer - (from_state = 6)::integer)) AS cancelled,
                sum(deliveries * ((to_state = 7)::integer - (from_state = 7)::integer)) AS in_doubt,
                sum(deliveries * ((to_state <> 0)::integer - (from_state <> 0)::integer)) AS settled,
                min(reopened) AS reopened, max(known_below) AS known_below, max(settled_below) AS settled_below
              FROM moved GROUP BY 1, 2 HAVING sum(deliveries) > 0
              ORDER BY 1, 2
            ), counted AS (
              UPDATE submission s SET
                sent = s.sent + t.sent, delivered = s.delivered + t.delivered, failed = s.failed + t.failed, suppressed = s.suppressed + t.suppressed,
                expired = s.expired + t.expired, cancelled = s.cancelled + t.cancelled, in_doubt = s.in_doubt + t.in_doubt,
                settled_below = least(CASE WHEN t.known_below <= s.settled_below THEN greatest(s.settled_below, t.settled_below) ELSE s.settled_below END,
                                      t.reopened),
                state = CASE WHEN s.sent + s.delivered + s.failed + s.suppressed + s.expired + s.cancelled + s.in_doubt + t.settled < s.total
                               THEN CASE s.state WHEN 4 THEN 1 WHEN 5 THEN 3 ELSE s.state END
                             WHEN s.state IN (1, 2) THEN 4 WHEN s.state = 3 THEN 5 ELSE s.state END,
                finished_at = CASE WHEN s.sent + s.delivered + s.failed + s.suppressed + s.expired + s.cancelled + s.in_doubt + t.settled < s.total
                                     THEN NULL ELSE coalesce(s.finished_at, clock_timestamp()) END
              FROM tally t
              WHERE s.tenant_id = t.tenant_id AND s.id = t.submission_id
              RETURNING s.id
            ), tried AS (
              INSERT INTO attempt (tenant_id, submission_id, ordinal, call_id, outcome)
              SELECT tenant_id, submission_id, ordinal, call_id, CASE to_state WHEN 0 THEN 'retry' ELSE 'doubt' END
              FROM changed WHERE call_id <> 0 AND to_state IN (0, 7)
              ON CONFLICT DO NOTHING
            ), charged AS (
              SELECT organisation_id, budget_month, budget_pool, sum(units) AS ended, coalesce(sum(units) FILTER (WHERE charge = 1), 0) AS spent
              FROM answered WHERE charge IN (1, 2) AND units > 0 GROUP BY 1, 2, 3
              ORDER BY 1, 2, 3
            ), booked AS (
              UPDATE budget b SET reserved = greatest(b.reserved - c.ended, 0), spent = b.spent + c.spent
              FROM charged c
              WHERE b.organisation_id = c.organisation_id AND b.month = c.budget_month AND b.pool = c.budget_pool AND (SELECT count(*) FROM counted) >= 0
            )
            SELECT (SELECT count(*) FROM changed), (SELECT coalesce(array_agg(id), '{}') FROM answered)
            """;

    private final Pool pool;
    private final UUID incarnation;

    /**
     * @param pool made by {@code PgPools.keyed}
     * @param incarnation this process, as the leases know it
     */
    public SettleStore(Pool pool, UUID incarnation) {
        this.pool = pool;
        this.incarnation = incarnation;
    }

    /**
     * What was written.
     *
     * @param changed deliveries that changed, fewer than asked only where a lease was lost or a call had moved on
     * @param endedCalls calls that moved on with it; the others had moved on before
     */
    public record Settled(long changed, Set<Long> endedCalls) {}

    /** Writes them all or none. */
    public Future<Settled> settle(List<Settlement> settlements) {
        return pool.preparedQuery(SETTLE)
                .execute(parameters(settlements))
                .map(rows -> rows.iterator().next())
                .map(row -> new Settled(row.getLong(0), Set.of(row.getArrayOfLongs(1))));
    }

    private Tuple parameters(List<Settlement> settlements) {
        Columns<CallAnswer> answers = Columns.ofEach(settlements, Settlement::answers);
        Columns<Settlement> leases = new Columns<>(settlements);
        Columns<ChangedRun> runs = Columns.ofEach(settlements, ChangedRun::of);
        Columns<Progress> progress = Columns.ofEach(settlements, Settlement::progress);
        return Tuple.from(List.of(
                answers.longs(CallAnswer::tenantId),
                answers.longs(CallAnswer::callId),
                answers.shorts(answer -> answer.from().code()),
                answers.shorts(answer -> answer.state().code()),
                answers.shorts(answer -> answer.charge().code()),
                answers.texts(CallAnswer::platformRef),
                answers.texts(answer -> answer.code().code()),
                answers.texts(answer -> answer.code().text()),
                answers.longs(CallAnswer::receiptAfterMillis),
                leases.longs(Settlement::appId),
                leases.longs(Settlement::epoch),
                incarnation,
                runs.longs(ChangedRun::appId),
                runs.longs(run -> run.first().tenantId()),
                runs.longs(run -> run.first().key().submissionId()),
                runs.integers(run -> run.first().key().ordinal()),
                runs.integers(ChangedRun::lastOrdinal),
                runs.shorts(run -> run.first().from().code()),
                runs.shorts(run -> run.first().to().code()),
                runs.shorts(run -> code(run.first().disposition())),
                runs.longs(run -> run.first().callId()),
                runs.longs(run -> run.first().fenceCallId()),
                runs.longs(run -> run.first().delayMillis()),
                progress.longs(Progress::tenantId),
                progress.longs(Progress::submissionId),
                progress.integers(Progress::knownBelow),
                progress.integers(Progress::settledBelow)));
    }

    private static short code(Disposition disposition) {
        return disposition == null ? 0 : disposition.code();
    }
}
