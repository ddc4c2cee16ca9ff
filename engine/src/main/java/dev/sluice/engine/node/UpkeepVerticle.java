package dev.sluice.engine.node;

import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.quota.BudgetThreshold;
import dev.sluice.engine.quota.BudgetWatch;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be done now and then, by every node, harmlessly more than once: partitions ahead of time, month budgets and their thresholds, old idempotency keys, and
 * the count of those who wait for a person.
 * A change of the people's side asks for budgets at once, so that a new organisation need not wait a minute for its first call.
 */
final class UpkeepVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(UpkeepVerticle.class);
    private static final long ROUND_MILLIS = 60_000;
    private static final long SOON_MILLIS = 50;
    private static final int MONTHS_AHEAD = 2;
    /** Whoever changes the tables meanwhile is not waited for: better to try again in a minute. */
    private static final String WAIT_BRIEFLY = "SET LOCAL lock_timeout = '2s'";

    private static final String ENSURE_PARTITIONS = "SELECT sluice_ensure_partitions(" + MONTHS_AHEAD + ")";
    private static final int KEYS_PAGE = 50_000;
    /** Of one round: room for 33,000 keys a second; more would let budgets wait for it. */
    private static final int MOST_KEY_PAGES = 40;
    /** Keys are promised for a day; two leave room for clocks. */
    private static final String FORGET_KEYS = """
            DELETE FROM idempotency WHERE ctid IN (
              SELECT ctid FROM idempotency WHERE created_at < now() - interval '2 days' ORDER BY created_at LIMIT %d)
            """.formatted(KEYS_PAGE);

    private final Pool pool;
    private final BudgetWatch watch;
    private final PeopleInDoubt doubts;
    private final Directory directory;
    private long timer;
    private boolean running;
    private boolean again;
    /** Whether a round comes in a moment. */
    private boolean planned;

    private boolean stopped;

    UpkeepVerticle(Pool pool, BudgetWatch watch, PeopleInDoubt doubts, Directory directory) {
        this.pool = pool;
        this.watch = watch;
        this.doubts = doubts;
        this.directory = directory;
    }

    /** After months without a node the partitions of today are missing, and nothing could be accepted before the first round. */
    @Override
    public Future<?> start() {
        directory.onChange(() -> context.runOnContext(changed -> soon()));
        return tried(partitions())
                .compose(done -> tried(budgets()))
                .compose(done -> tried(doubts.count()))
                .onSuccess(done -> armUnlessPlanned(ROUND_MILLIS));
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
            armUnlessPlanned(SOON_MILLIS);
            planned = true;
        }
    }

    /** While changes follow each other closely, none of them may put the round off. */
    private void armUnlessPlanned(long millis) {
        if (!planned) {
            arm(millis);
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
        planned = false;
        tried(budgets())
                .compose(done -> tried(partitions()))
                .compose(done -> tried(doubts.count()))
                .compose(done -> tried(forgetKeys(MOST_KEY_PAGES)))
                .onComplete(done -> {
                    running = false;
                    planned = again;
                    arm(again ? SOON_MILLIS : ROUND_MILLIS);
                    again = false;
                });
    }

    /** Trouble with one step, perhaps with one organisation's budget, keeps no other from being done, nor a node from its start. */
    private static Future<Void> tried(Future<?> work) {
        return work.onFailure(cause -> log.warn("Upkeep failed, trying again in a minute: {}", cause.getMessage()))
                .transform(done -> Future.succeededFuture());
    }

    private Future<?> partitions() {
        return pool.withTransaction(connection -> connection
                .query(WAIT_BRIEFLY)
                .execute()
                .compose(set -> connection.query(ENSURE_PARTITIONS).execute()));
    }

    private Future<Void> forgetKeys(int pagesLeft) {
        return pool.query(FORGET_KEYS)
                .execute()
                .compose(page -> page.rowCount() < KEYS_PAGE || pagesLeft == 1
                        ? Future.succeededFuture()
                        : forgetKeys(pagesLeft - 1));
    }

    private Future<List<BudgetThreshold>> budgets() {
        return watch.round()
                .onSuccess(raised -> raised.forEach(threshold -> log.warn("Month budget: {}", threshold.words())));
    }
}
