package dev.sluice.loadtest.bench.stage;

import dev.sluice.engine.model.ContentHash;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.scheduling.queue.LaneQueue;
import dev.sluice.engine.scheduling.queue.SubmissionWork;
import java.util.List;

/**
 * A paused lane with many waiting deliveries, in submissions of at most a million.
 *
 * @param tenant whose
 * @param submissionId its last submission
 * @param people of that
 */
public record Backlog(BenchTenant tenant, long submissionId, int people) {
    private static final int MOST_OF_A_SUBMISSION = 1_000_000;
    private static final String CONTENT = "{\"msgtype\":\"text\",\"text\":{\"content\":\"backlog\"}}";
    private static final String SUBMISSION = """
            INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total) VALUES ($1, $2, $3, 2, 1, $4, $5, $6)
            """;
    private static final String DELIVERIES = """
            INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient)
            SELECT $1, $2, n - 1, $3, 'user' || lpad(n::text, 6, '0') FROM generate_series(1, $4::integer) AS n
            """;

    /** Stores it. */
    public static Backlog make(BenchNode node, int deliveries) {
        BenchTenant tenant = BenchTenant.make(
                node, "backlog" + new IdSequence(System::currentTimeMillis, 255).next(), "unlimited", 100);
        tenant.pause(node, true);
        IdSequence ids = new IdSequence(System::currentTimeMillis, 254);
        long submissionId = 0;
        int people = Math.min(deliveries, MOST_OF_A_SUBMISSION);
        for (int stored = 0; stored < deliveries; stored += people) {
            submissionId = ids.next();
            node.sql(
                    SUBMISSION,
                    tenant.tenantId(),
                    submissionId,
                    tenant.channelId(),
                    CONTENT,
                    ContentHash.of(CONTENT),
                    people);
            node.sql(DELIVERIES, tenant.tenantId(), submissionId, tenant.channelId(), people);
        }
        node.sql("ANALYZE submission, delivery, call");
        node.sql("CHECKPOINT");
        return new Backlog(tenant, submissionId, people);
    }

    /** The last submission as a lane's owner knows it, read up to its middle. */
    public List<SubmissionWork> work() {
        LaneQueue queue = new LaneQueue(1_000);
        queue.offer(new SubmissionWork.Spec(
                tenant.tenantId(),
                submissionId,
                PriorityClass.BULK,
                false,
                Long.MAX_VALUE,
                ContentHash.of(CONTENT),
                CONTENT,
                people,
                people / 2));
        return List.copyOf(queue.works());
    }
}
