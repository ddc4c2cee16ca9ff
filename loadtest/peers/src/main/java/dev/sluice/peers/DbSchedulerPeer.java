package dev.sluice.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * db-scheduler as its docs/performance.md has it fastest: {@code lock-and-fetch}, 50 threads, lower limit 0.5, upper limit 4.0; jobs scheduled in batches. A job that is
 * done is deleted, so its outcome goes to a table beside it, unless the outcome is not wanted.
 */
final class DbSchedulerPeer implements Peer {
    private static final double LOWER_LIMIT = 0.5;
    private static final double UPPER_LIMIT = 4.0;
    /** Only between bursts: while there is work, the lower limit fetches. */
    private static final Duration POLL = Duration.ofMillis(100);

    private static final String JOBS = """
            CREATE TABLE IF NOT EXISTS scheduled_tasks (
              task_name text NOT NULL, task_instance text NOT NULL, task_data bytea, execution_time timestamptz NOT NULL, picked boolean NOT NULL,
              picked_by text, last_success timestamptz, last_failure timestamptz, consecutive_failures int, last_heartbeat timestamptz,
              version bigint NOT NULL, priority smallint, PRIMARY KEY (task_name, task_instance));
            CREATE INDEX IF NOT EXISTS execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX IF NOT EXISTS last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
            """;
    private static final String OUTCOMES =
            "CREATE TABLE IF NOT EXISTS outcome (job text PRIMARY KEY, task_id bigint NOT NULL, sent_at timestamptz NOT NULL DEFAULT now())";
    private static final String OUTCOME = "INSERT INTO outcome (job, task_id) VALUES (?, ?)";
    private static final String LEFT = "SELECT count(*) FROM scheduled_tasks";

    private final Database database;
    private final OneTimeTask<Void> task;
    private final Scheduler scheduler;
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    DbSchedulerPeer(PeerSettings settings, Notices notices, boolean keepsOutcomes) {
        this.database = new Database(settings, keepsOutcomes ? "db_scheduler" : "db_scheduler_bare");
        database.run(JOBS);
        database.run(OUTCOMES);
        this.task = Tasks.oneTime("notice").execute((job, context) -> {
            long taskId = notices.send(person(job));
            if (keepsOutcomes) {
                database.insert(OUTCOME, job.getId(), taskId);
            }
            ended.incrementAndGet();
        });
        this.scheduler = Scheduler.create(database.source(), task)
                .threads(settings.threads())
                .pollUsingLockAndFetch(LOWER_LIMIT, UPPER_LIMIT)
                .pollingInterval(POLL)
                .build();
        scheduler.start();
    }

    /** A job's name is its person and a number, since names must differ. */
    private static String person(TaskInstance<Void> job) {
        return job.getId().substring(0, job.getId().indexOf('#'));
    }

    @Override
    public void accept(List<String> people) {
        scheduler.scheduleBatch(
                people.stream().map(person -> task.instance(person + "#" + taken.incrementAndGet())), Instant.now());
    }

    @Override
    public long recorded() {
        // Not asked of the database before it can be true: counting costs it.
        return ended.get() < taken.get() ? 0 : taken.get() - database.number(LEFT);
    }

    @Override
    public void pause(boolean paused) {
        if (paused) {
            scheduler.pause();
        } else {
            scheduler.resume();
        }
    }

    @Override
    public void close() {
        scheduler.stop();
        database.close();
    }
}
