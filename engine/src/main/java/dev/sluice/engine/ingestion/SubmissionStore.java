package dev.sluice.engine.ingestion;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.SubmissionState;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Writes groups of submissions and finds those that a key names. */
final class SubmissionStore {
    /**
     * One statement, so one transaction and one round trip. Keys are taken in order, so that two nodes that write the same keys wait for one another instead of
     * deadlocking. Everything is written under ids made before, with conflicts ignored: written twice, it is there once, and a second try waits until the first
     * one's fate is decided.
     */
    private static final String WRITE = """
            WITH named AS (
              INSERT INTO idempotency (tenant_id, key, body_hash, submission_id)
              SELECT * FROM unnest($1::bigint[], $2::text[], $3::uuid[], $4::bigint[]) AS n (tenant_id, key, body_hash, id)
              ORDER BY tenant_id, key
              ON CONFLICT DO NOTHING RETURNING submission_id
            ), accepted AS (
              INSERT INTO submission (tenant_id, id, channel_id, priority, state, not_before, deliver_by, content, content_hash, tags, total, suppressed)
              SELECT tenant_id, id, channel_id, priority, %d, not_before, deliver_by, content, content_hash, string_to_array(tags, E'\\x1f'), total, suppressed
              FROM unnest($5::bigint[], $6::bigint[], $7::boolean[], $8::bigint[], $9::smallint[], $10::timestamptz[], $11::timestamptz[], $12::text[],
                $13::uuid[], $14::text[], $15::integer[], $16::integer[])
                AS s (tenant_id, id, named, channel_id, priority, not_before, deliver_by, content, content_hash, tags, total, suppressed)
              WHERE NOT named OR id IN (SELECT submission_id FROM named)
              ON CONFLICT DO NOTHING RETURNING id
            ), people AS (
              INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient, state, disposition, settled_at)
              SELECT tenant_id, submission_id, ordinal, channel_id, recipient,
                CASE WHEN duplicate THEN %d ELSE %d END, CASE WHEN duplicate THEN %d END, CASE WHEN duplicate THEN now() END
              FROM unnest($17::bigint[], $18::bigint[], $19::integer[], $20::bigint[], $21::text[], $22::boolean[])
                AS d (tenant_id, submission_id, ordinal, channel_id, recipient, duplicate)
              WHERE submission_id IN (SELECT id FROM accepted)
            )
            SELECT id FROM accepted
            """.formatted(
                    SubmissionState.RUNNING.code(),
                    DeliveryState.SUPPRESSED.code(),
                    DeliveryState.WAITING.code(),
                    Disposition.DUPLICATE_IN_SUBMISSION.code());

    /**
     * What keys stand for, and whether that is the body that is asked for: of a campaign never, since its key stands for another request. Only of what is asked for
     * again are the duplicates counted, which are no more than the group has rows: a campaign may have millions, and everybody in the group would wait for them.
     */
    static final String FIND_NAMED = """
            SELECT k.*, CASE WHEN k.same THEN (
              SELECT count(*)::integer FROM delivery d WHERE d.tenant_id = k.tenant_id AND d.submission_id = k.id AND d.disposition = %d
            ) ELSE 0 END AS duplicates
            FROM (
              SELECT i.tenant_id, i.key, i.body_hash = n.body_hash AND c.submission_id IS NULL AS same, s.id, s.total
              FROM unnest($1::bigint[], $2::text[], $3::uuid[]) AS n (tenant_id, key, body_hash)
              JOIN idempotency i ON i.tenant_id = n.tenant_id AND i.key = n.key
              JOIN submission s ON s.tenant_id = i.tenant_id AND s.id = i.submission_id
              LEFT JOIN campaign c ON c.tenant_id = s.tenant_id AND c.submission_id = s.id) k
            """.formatted(Disposition.DUPLICATE_IN_SUBMISSION.code());

    private final SqlClient sql;

    SubmissionStore(SqlClient sql) {
        this.sql = sql;
    }

    /** Commits a group. Succeeds when the commit did, with what became of each id; may be repeated with the same group after a failure. */
    Future<Map<Long, Acceptance>> write(List<NewSubmission> group) {
        return insert(group)
                .compose(judged -> judged.isPresent()
                        ? Future.succeededFuture(judged)
                        : insert(group).recover(SubmissionStore::afterCommit))
                .map(judged -> judged.orElseThrow(() -> new IllegalStateException("a key conflicts and is not there")));
    }

    /** Empty when a key that stood in the way was forgotten just then, being old enough: it is a new one now, and the group is to be written again. */
    private Future<Optional<Map<Long, Acceptance>>> insert(List<NewSubmission> group) {
        return sql.preparedQuery(WRITE)
                .execute(new SubmissionArrays(group).tuple())
                .compose(rows -> {
                    Set<Long> written = HashSet.newHashSet(group.size());
                    rows.forEach(row -> written.add(row.getLong(0)));
                    return judge(group, written).recover(SubmissionStore::afterCommit);
                });
    }

    /** Whatever the trouble says, the group is committed: it is to be written again, and nobody may be told that nothing was stored. */
    private static <T> Future<T> afterCommit(Throwable trouble) {
        return Future.failedFuture(
                new IOException("a group is committed, and what its keys stand for is not known", trouble));
    }

    /** What a key stands for, if the tenant used it: the answer to the same body, or a refusal of another. */
    Future<Optional<Acceptance>> find(long tenantId, String key, UUID bodyHash) {
        return named(new Long[] {tenantId}, new String[] {key}, new UUID[] {bodyHash})
                .map(found ->
                        Optional.ofNullable(found.get(new Name(tenantId, key))).map(Stored::answer));
    }

    private Future<Optional<Map<Long, Acceptance>>> judge(List<NewSubmission> group, Set<Long> written) {
        Map<Long, Acceptance> judged = HashMap.newHashMap(group.size());
        List<NewSubmission> conflicts = group.stream()
                .filter(submission -> submission.named() && !written.contains(submission.id()))
                .toList();
        for (NewSubmission submission : group) {
            judged.put(submission.id(), accepted(submission));
        }
        if (conflicts.isEmpty()) {
            return Future.succeededFuture(Optional.of(judged));
        }
        Long[] tenants = conflicts.stream().map(NewSubmission::tenantId).toArray(Long[]::new);
        String[] keys = conflicts.stream().map(NewSubmission::idempotencyKey).toArray(String[]::new);
        UUID[] hashes = conflicts.stream().map(NewSubmission::bodyHash).toArray(UUID[]::new);
        return named(tenants, keys, hashes).map(found -> {
            for (NewSubmission conflict : conflicts) {
                Stored stored = found.get(new Name(conflict.tenantId(), conflict.idempotencyKey()));
                if (stored == null) {
                    return Optional.empty();
                }
                if (stored.id != conflict.id()) {
                    judged.put(conflict.id(), stored.answer());
                }
            }
            return Optional.of(judged);
        });
    }

    private Future<Map<Name, Stored>> named(Long[] tenants, String[] keys, UUID[] hashes) {
        return sql.preparedQuery(FIND_NAMED)
                .execute(Tuple.tuple()
                        .addArrayOfLong(tenants)
                        .addArrayOfString(keys)
                        .addArrayOfUUID(hashes))
                .map(rows -> {
                    Map<Name, Stored> found = new HashMap<>();
                    for (Row row : rows) {
                        found.put(
                                new Name(row.getLong("tenant_id"), row.getString("key")),
                                new Stored(
                                        row.getLong("id"),
                                        row.getBoolean("same"),
                                        row.getInteger("total"),
                                        row.getInteger("duplicates")));
                    }
                    return found;
                });
    }

    private static Acceptance accepted(NewSubmission submission) {
        SendRequest request = submission.request();
        return new Acceptance.Accepted(submission.id(), request.total(), request.duplicateCount(), false);
    }

    static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private record Name(long tenantId, String key) {}

    private record Stored(long id, boolean same, int total, int duplicates) {
        Acceptance answer() {
            return same ? new Acceptance.Accepted(id, total, duplicates, true) : new Acceptance.OtherBody();
        }
    }
}
