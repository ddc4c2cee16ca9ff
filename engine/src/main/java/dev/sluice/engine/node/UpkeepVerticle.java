package dev.sluice.engine.node;

import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.quota.BudgetThreshold;
import dev.sluice.engine.quota.BudgetWatch;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be done now and then, by every node, harmlessly more than once: partitions ahead of time, month budgets and their thresholds, old idempotency keys,
 * and where it is wanted, months that are no longer kept.
 * A change of the people's side asks for budgets at once, so that a new organisation need not wait a minute for its first call.
 */
final class UpkeepVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(UpkeepVerticle.class);
    private static final long ROUND_MILLIS = 60_000;
    private static final long SOON_MILLIS = 50;
    private static final int MONTHS_AHEAD = 2;
    /** Keys are promised for a day; two leave room for clocks. A page each round bounds the work. */
    private static final String FORGET_KEYS = """
            DELETE FROM idempotency WHERE ctid IN (
              SELECT ctid FROM idempotency WHERE created_at < now() - interval '2 days' ORDER BY created_at LIMIT 50000)
            """;

    private final Pool pool;
    private final BudgetWatch watch;
    private final Directory directory;
    private final int monthsKept;
    private long timer;
    private boolean running;
    private boolean again;
    private boolean stopped;

    /** @param monthsKept whole months behind the current one that are kept; 0 keeps all */
    UpkeepVerticle(Pool pool, BudgetWatch watch, Directory directory, int monthsKept) {
        this.pool = pool;
        this.watch = watch;
        this.directory = directory;
        this.monthsKept = monthsKept;
    }

    @Override
    public Future<?> start() {
        directory.onChange(() -> context.runOnContext(changed -> soon()));
        return budgets().onSuccess(done -> arm(ROUND_MILLIS));
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }

    private void soon() {
        if (running) {
            again = true;
        } else {
            arm(SOON_MILLIS);
        }
    }

    private void arm(long millis) {
        vertx.cancelTimer(timer);
        if (!stopped) {
            timer = vertx.setTimer(millis, fired -> round());
        }
    }

    private void round() {
        running = true;
        budgets()
                .compose(done -> pool.query("SELECT sluice_ensure_partitions(" + MONTHS_AHEAD + ")")
                        .execute())
                .compose(done -> pool.query(FORGET_KEYS).execute())
                .compose(done -> dropOldestMonth())
                .onFailure(cause -> log.warn("Upkeep failed, trying again in a minute: {}", cause.getMessage()))
                .onComplete(done -> {
                    running = false;
                    arm(again ? SOON_MILLIS : ROUND_MILLIS);
                    again = false;
                });
    }

    /** One a round: after a long time without retention the disk is freed bit by bit. */
    private Future<Void> dropOldestMonth() {
        if (monthsKept == 0) {
            return Future.succeededFuture();
        }
        return pool.preparedQuery("SELECT sluice_drop_oldest_month($1)")
                .execute(Tuple.of(monthsKept))
                .onSuccess(rows -> {
                    String month = rows.iterator().next().getString(0);
                    if (month != null) {
                        log.info("The submissions, deliveries and calls of {} are no longer kept", month);
                    }
                })
                .mapEmpty();
    }

    private Future<List<BudgetThreshold>> budgets() {
        return watch.round().onSuccess(raised -> raised.forEach(threshold -> log.warn("Month budget: {}", threshold)));
    }
}
