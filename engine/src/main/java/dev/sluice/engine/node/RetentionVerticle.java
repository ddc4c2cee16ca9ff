package dev.sluice.engine.node;

import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops months that are no longer kept, one after the other: after a long time without retention the disk is freed bit by bit. On a connection of its own and with
 * time, since a month's calls are gone through for the books: with millions of them that takes longer than any other statement may. By every node, harmlessly more than once.
 */
final class RetentionVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(RetentionVerticle.class);
    /** A month that something still holds is looked at again; that it stays an hour longer than it must costs nothing but disk. */
    private static final long ROUND_MILLIS = 3_600_000;

    private static final long NEXT_MONTH_MILLIS = 60_000;
    /** An hour for a month: at a slow disk's 100 MB a second that reads 360 GB. */
    private static final PgTimeouts PATIENCE = new PgTimeouts(2_000, 3_600_000, 3_660_000);

    private static final String DROP = "SELECT sluice_drop_oldest_month($1)";
    /** The oldest month, if it should be gone: as its partitions are named. */
    private static final String OVERDUE = """
            SELECT min(named) AS named FROM (
              SELECT substring(c.relname FROM '\\d{4}_\\d{2}$') AS named FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
              WHERE i.inhparent = 'submission'::regclass) AS months
            WHERE named < to_char(now() AT TIME ZONE 'UTC' - make_interval(months => $1), 'YYYY_MM')
            """;

    private final PgConnectOptions postgres;
    private final int monthsKept;
    private Pool pool;
    private long timer;
    private boolean stopped;

    /** @param monthsKept whole months behind the current one that are kept, not 0 */
    RetentionVerticle(PgConnectOptions postgres, int monthsKept) {
        this.postgres = postgres;
        this.monthsKept = monthsKept;
    }

    @Override
    public Future<?> start() {
        pool = PgPools.create(vertx, postgres, PATIENCE, "retention", 1, 1);
        round();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        return pool.close();
    }

    private void round() {
        month(DROP)
                .onSuccess(dropped -> {
                    if (dropped.isEmpty()) {
                        tellWhatStays();
                    }
                })
                .onComplete(this::ended);
    }

    private Future<Optional<String>> month(String question) {
        return pool.preparedQuery(question)
                .execute(Tuple.of(monthsKept))
                .map(rows -> Optional.ofNullable(rows.iterator().next().getString(0)));
    }

    /** Nobody would look for a paused campaign of last year while the disk fills up. */
    private void tellWhatStays() {
        month(OVERDUE)
                .onSuccess(overdue -> overdue.ifPresent(month -> log.warn(
                        "The month {} is kept longer, and so are those after it: one of its submissions runs or is paused, or a node is still finding out about one of its calls",
                        month)));
    }

    private void ended(AsyncResult<Optional<String>> dropped) {
        if (stopped) {
            return;
        }
        if (dropped.failed()) {
            log.warn(
                    "An old month was not dropped, trying again in an hour: {}",
                    dropped.cause().getMessage());
        } else {
            dropped.result()
                    .ifPresent(
                            month -> log.info("The submissions, deliveries and calls of {} are no longer kept", month));
        }
        boolean mayBeMore = dropped.succeeded() && dropped.result().isPresent();
        timer = vertx.setTimer(mayBeMore ? NEXT_MONTH_MILLIS : ROUND_MILLIS, fired -> round());
    }
}
