package dev.sluice.engine.scheduling.lease;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Node slots and app leases. All time comparisons are Postgres' own, so node clocks do not matter. */
public final class LeaseStore {
    /** The slot that was free, and the same again if we got it: null when another node that started just then was faster. Nothing when none was free. */
    private static final String TAKE_SLOT = """
            WITH free AS (
              SELECT s.slot FROM generate_series(0, 255) AS s (slot)
              LEFT JOIN node n ON n.slot = s.slot
              WHERE n.slot IS NULL OR n.lease_until < now() - interval '1 minute'
              ORDER BY n.lease_until NULLS FIRST, s.slot LIMIT 1
            ), taken AS (
              INSERT INTO node (slot, name, incarnation, lease_until, schedules)
              SELECT slot, $1, $2, now() + $3 * interval '1 millisecond', $4 FROM free
              ON CONFLICT (slot) DO UPDATE SET name = excluded.name, incarnation = excluded.incarnation, lease_until = excluded.lease_until,
                  schedules = excluded.schedules, started_at = now()
                WHERE node.lease_until < now() - interval '1 minute'
              RETURNING slot
            )
            SELECT free.slot, taken.slot FROM free LEFT JOIN taken ON true
            """;

    private static final String RENEW =
            "UPDATE node SET lease_until = now() + $2 * interval '1 millisecond' WHERE incarnation = $1 RETURNING slot";

    /**
     * The slot stays without a name and is the last to be taken again: a node whose clock was set back meanwhile would make ids there that were made before. Leases are
     * locked in the order of their apps, as everywhere, so that no two wait for each other.
     */
    private static final String LEAVE = """
            WITH gone AS (
              UPDATE node SET name = '', incarnation = gen_random_uuid(), lease_until = now() - interval '1 minute' WHERE incarnation = $1
            ), ours AS (
              SELECT app_id FROM app_lease WHERE incarnation = $1 ORDER BY app_id FOR UPDATE)
            UPDATE app_lease l SET incarnation = NULL FROM ours WHERE l.app_id = ours.app_id
            """;

    /**
     * Apps with something to do: open submissions (a loose scan over the queue index, one probe per channel), calls in flight or in doubt, receipts due; each with
     * whether somebody alive owns it and whether that is us.
     */
    private static final String APPS_WITH_WORK = """
            WITH RECURSIVE busy AS (
              (SELECT channel_id FROM submission WHERE state IN (1, 3) ORDER BY channel_id LIMIT 1)
              UNION ALL
              SELECT (SELECT s.channel_id FROM submission s WHERE s.state IN (1, 3) AND s.channel_id > busy.channel_id ORDER BY s.channel_id LIMIT 1)
              FROM busy WHERE busy.channel_id IS NOT NULL
            ), app AS (
              SELECT c.app_id FROM busy JOIN channel c ON c.id = busy.channel_id
              UNION
              SELECT app_id FROM call WHERE state IN (0, 7)
              UNION
              (SELECT app_id FROM call WHERE receipt_due_at < now() ORDER BY receipt_due_at LIMIT 10000)
            )
            SELECT a.app_id, n.slot IS NOT NULL AS owned, coalesce(l.incarnation = $1, false) AS ours,
                   (SELECT count(*) FROM node WHERE schedules AND lease_until > now()) AS nodes
            FROM app a
            LEFT JOIN app_lease l ON l.app_id = a.app_id
            LEFT JOIN node n ON n.incarnation = l.incarnation AND n.lease_until > now()
            """;

    /**
     * One that nobody ever had is entered as ours; it is not to be seen yet where free ones are looked for. Who lives is asked once, and a lease is compared with that list: one that another node takes in that very moment is looked at again when it is locked, but no table
     * beside it is, so that it would seem to belong to nobody.
     */
    private static final String CLAIM = """
            WITH entered AS (
              INSERT INTO app_lease (app_id, incarnation, epoch) SELECT app_id, $2, 1 FROM unnest($1::bigint[]) AS a (app_id)
              WHERE EXISTS (SELECT FROM node WHERE incarnation = $2 AND lease_until > now())
              ORDER BY app_id ON CONFLICT DO NOTHING
              RETURNING app_id, epoch
            ), free AS (
              SELECT l.app_id FROM app_lease l
              WHERE l.app_id = ANY ($1)
                AND (l.incarnation = ANY (ARRAY(SELECT incarnation FROM node WHERE lease_until > now()))) IS NOT TRUE
              ORDER BY l.app_id FOR UPDATE SKIP LOCKED
            ), taken AS (
              UPDATE app_lease l SET incarnation = $2, epoch = l.epoch + 1
              FROM free WHERE l.app_id = free.app_id AND EXISTS (SELECT FROM node WHERE incarnation = $2 AND lease_until > now())
              RETURNING l.app_id, l.epoch
            )
            SELECT app_id, epoch FROM entered UNION ALL SELECT app_id, epoch FROM taken
            """;

    private static final String RELEASE =
            "UPDATE app_lease SET incarnation = NULL WHERE app_id = $1 AND incarnation = $2 AND epoch = $3";

    private static final String GIVE_BACK =
            "UPDATE app_lease SET incarnation = NULL WHERE app_id = $1 AND incarnation = $2";

    private final Pool pool;

    /**
     * @param pool Postgres
     */
    public LeaseStore(Pool pool) {
        this.pool = pool;
    }

    /**
     * An app that has something to do.
     *
     * @param appId which
     * @param owned whether a living node owns it
     * @param ours whether that is us
     * @param nodes how many nodes live that schedule
     */
    public record BusyApp(long appId, boolean owned, boolean ours, int nodes) {}

    /**
     * A lease that we just got.
     *
     * @param appId of which app
     * @param epoch its fencing number
     */
    public record Claim(long appId, long epoch) {}

    /**
     * Takes a node slot; empty when all 256 are taken. Asked again as often as another node is faster, which takes a slot each time.
     *
     * @param schedules whether it has a share of the apps
     */
    public Future<Optional<Integer>> takeSlot(String name, UUID incarnation, long leaseMillis, boolean schedules) {
        return pool.preparedQuery(TAKE_SLOT)
                .execute(Tuple.of(name, incarnation, leaseMillis, schedules))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.succeededFuture(Optional.empty());
                    }
                    Integer taken = rows.iterator().next().getInteger(1);
                    return taken == null
                            ? takeSlot(name, incarnation, leaseMillis, schedules)
                            : Future.succeededFuture(Optional.of(taken));
                });
    }

    /** Renews the node's lease; false when the node is not known any more. */
    public Future<Boolean> renew(UUID incarnation, long leaseMillis) {
        return pool.preparedQuery(RENEW)
                .execute(Tuple.of(incarnation, leaseMillis))
                .map(rows -> rows.size() == 1);
    }

    /** Gives everything back at a graceful stop. */
    public Future<Void> leave(UUID incarnation) {
        return pool.preparedQuery(LEAVE).execute(Tuple.of(incarnation)).mapEmpty();
    }

    /** All apps with something to do, anywhere. */
    public Future<List<BusyApp>> appsWithWork(UUID incarnation) {
        return pool.preparedQuery(APPS_WITH_WORK).execute(Tuple.of(incarnation)).map(rows -> {
            List<BusyApp> apps = new ArrayList<>(rows.size());
            for (Row row : rows) {
                apps.add(new BusyApp(row.getLong(0), row.getBoolean(1), row.getBoolean(2), row.getInteger(3)));
            }
            return apps;
        });
    }

    /** Claims those of the apps that nobody alive owns, as one statement. */
    public Future<List<Claim>> claim(Collection<Long> appIds, UUID incarnation) {
        return pool.preparedQuery(CLAIM)
                .execute(Tuple.of(appIds.toArray(Long[]::new), incarnation))
                .map(rows -> {
                    List<Claim> claims = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        claims.add(new Claim(row.getLong(0), row.getLong(1)));
                    }
                    return claims;
                });
    }

    /** Gives an app back; nothing happens when it is not ours any more. */
    public Future<Void> release(Claim claim, UUID incarnation) {
        return pool.preparedQuery(RELEASE)
                .execute(Tuple.of(claim.appId(), incarnation, claim.epoch()))
                .mapEmpty();
    }

    /** Gives back an app whose epoch we do not know, because the answer to its claim got lost. */
    public Future<Void> giveBack(long appId, UUID incarnation) {
        return pool.preparedQuery(GIVE_BACK)
                .execute(Tuple.of(appId, incarnation))
                .mapEmpty();
    }
}
