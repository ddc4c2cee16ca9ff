package dev.sluice.engine.receipt;

import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.Purpose;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which accepted calls to ask about, and when to ask again. */
public final class ReceiptStore {
    private static final String DUE = """
            SELECT c.tenant_id, c.id, c.channel_id, c.purpose, coalesce(c.subject_call_id, 0), c.platform_ref, c.receipt_attempts,
                   (extract(epoch FROM clock_timestamp() - c.intent_at) * 1000)::bigint AS age_millis,
                   t.submission_ids, t.ordinals, t.recipients
            FROM (SELECT * FROM call WHERE app_id = ANY ($1::bigint[]) AND receipt_due_at <= clock_timestamp() ORDER BY receipt_due_at LIMIT $2) c
            CROSS JOIN LATERAL (
              SELECT array_agg(d.submission_id ORDER BY u.n) AS submission_ids, array_agg(d.ordinal ORDER BY u.n) AS ordinals,
                     array_agg(d.recipient ORDER BY u.n) AS recipients
              FROM unnest(c.submission_ids, c.ordinals) WITH ORDINALITY AS u (submission_id, ordinal, n)
              JOIN delivery d ON d.tenant_id = c.tenant_id AND d.submission_id = u.submission_id AND d.ordinal = u.ordinal
              WHERE (d.state = 1 AND d.call_id = c.id) OR (d.state = 7 AND d.call_id = c.subject_call_id)) t
            """;

    private static final String ASK_AGAIN = """
            UPDATE call SET receipt_due_at = clock_timestamp() + $3 * interval '1 millisecond', receipt_attempts = receipt_attempts + 1
            WHERE tenant_id = $1 AND id = $2
            """;

    private static final String ASK_LATER =
            "UPDATE call SET receipt_due_at = clock_timestamp() + $3 * interval '1 millisecond' WHERE tenant_id = $1 AND id = $2";

    private static final String DONE =
            "UPDATE call SET receipt_due_at = NULL, receipt_attempts = receipt_attempts + 1 WHERE tenant_id = $1 AND id = $2";

    private final Pool pool;

    /**
     * @param pool Postgres
     */
    public ReceiptStore(Pool pool) {
        this.pool = pool;
    }

    /** The calls of these apps that are due, the longest due first. */
    public Future<List<DueReceipt>> due(Collection<Long> appIds, int most) {
        return pool.preparedQuery(DUE)
                .execute(Tuple.of(appIds.toArray(Long[]::new), most))
                .map(rows -> {
                    List<DueReceipt> due = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        due.add(receipt(row));
                    }
                    return due;
                });
    }

    /** Ask again after a while. */
    public Future<Void> askAgain(DueReceipt receipt, long delayMillis) {
        return pool.preparedQuery(ASK_AGAIN)
                .execute(Tuple.of(receipt.tenantId(), receipt.callId(), delayMillis))
                .mapEmpty();
    }

    /** It could not be asked now; that does not count. */
    public Future<Void> askLater(DueReceipt receipt, long delayMillis) {
        return pool.preparedQuery(ASK_LATER)
                .execute(Tuple.of(receipt.tenantId(), receipt.callId(), delayMillis))
                .mapEmpty();
    }

    /** There is nothing more to ask. */
    public Future<Void> done(DueReceipt receipt) {
        return pool.preparedQuery(DONE)
                .execute(Tuple.of(receipt.tenantId(), receipt.callId()))
                .mapEmpty();
    }

    private static DueReceipt receipt(Row row) {
        Map<String, DeliveryKey> people = new HashMap<>();
        Long[] submissions = row.getArrayOfLongs(8);
        for (int i = 0; submissions != null && i < submissions.length; i++) {
            people.put(row.getArrayOfStrings(10)[i], new DeliveryKey(submissions[i], row.getArrayOfIntegers(9)[i]));
        }
        return new DueReceipt(
                row.getLong(0),
                row.getLong(1),
                row.getLong(2),
                Purpose.values()[row.getShort(3)],
                row.getLong(4),
                row.getString(5),
                row.getShort(6),
                row.getLong(7),
                people);
    }
}
