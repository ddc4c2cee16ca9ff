package dev.sluice.peers;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration.JobRunrConfigurationResult;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;

/**
 * JobRunr (open source) on Postgres: jobs enqueued as a stream, which it saves in bulk (its manual, "Enqueueing jobs in bulk"), job requests instead of lambdas, virtual
 * threads where it has them, the shortest poll interval of SQL storages. A job that succeeded stays in its table, so its outcome is recorded by that.
 */
final class JobRunrPeer implements Peer {
    private static final int POLL_SECONDS = 5;
    private static final String DONE = "SELECT count(*) FROM jobrunr_jobs WHERE state = 'SUCCEEDED'";

    private final Database database;
    private final JobRunrConfigurationResult jobs;
    private final AtomicLong ended = new AtomicLong();
    private long taken;

    JobRunrPeer(PeerSettings settings, Notices notices) {
        this.database = new Database(settings, "jobrunr");
        NoticeHandler handler = new NoticeHandler(notices, ended);
        this.jobs = JobRunr.configure()
                .useJsonMapper(new JacksonJsonMapper())
                .useJobActivator(new OneHandler(handler))
                .useStorageProvider(SqlStorageProviderFactory.using(database.source()))
                .useBackgroundJobServer(usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(settings.threads())
                        .andPollIntervalInSeconds(POLL_SECONDS))
                .initialize();
    }

    @Override
    public void accept(List<String> people) {
        taken += people.size();
        jobs.getJobRequestScheduler().enqueue(people.stream().map(Notice::new));
    }

    @Override
    public long recorded() {
        return ended.get() < taken ? 0 : database.number(DONE);
    }

    @Override
    public void pause(boolean paused) {
        if (paused) {
            jobs.getBackgroundJobServer().pauseProcessing();
        } else {
            jobs.getBackgroundJobServer().resumeProcessing();
        }
    }

    @Override
    public void close() {
        jobs.getBackgroundJobServer().stop();
        database.close();
    }

    /**
     * One job, as it is stored.
     *
     * @param person whom it is for
     */
    public record Notice(String person) implements JobRequest {
        @Override
        public Class<NoticeHandler> getJobRequestHandler() {
            return NoticeHandler.class;
        }
    }

    /** Runs jobs. */
    public static final class NoticeHandler implements JobRequestHandler<Notice> {
        private final Notices notices;
        private final AtomicLong ended;

        NoticeHandler(Notices notices, AtomicLong ended) {
            this.notices = notices;
            this.ended = ended;
        }

        @Override
        public void run(Notice notice) {
            notices.send(notice.person());
            ended.incrementAndGet();
        }
    }

    private record OneHandler(NoticeHandler handler) implements JobActivator {
        @Override
        public <T> T activateJob(Class<T> type) {
            return type.cast(handler);
        }
    }
}
