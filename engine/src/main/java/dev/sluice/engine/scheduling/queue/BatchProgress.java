package dev.sluice.engine.scheduling.queue;

import dev.sluice.engine.settling.DeliveryChange;
import dev.sluice.engine.settling.Settlement.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far submissions are settled, written along with what is settled next of them. Pure. */
public final class BatchProgress {
    private BatchProgress() {}

    /**
     * How far the submissions of a batch are settled, as of before it. Nothing with a batch that goes again at once: it is kept only along with what is settled, and
     * what the database does not have would look as if somebody had opened it again.
     */
    public static List<Progress> of(List<Pending> batch, List<DeliveryChange> changes) {
        if (changes.isEmpty()) {
            return List.of();
        }
        Map<Long, Progress> progress = new HashMap<>();
        for (Pending pending : batch) {
            SubmissionWork work = pending.work();
            if (work.settledBelow() > work.spec().settledBelow()) {
                progress.put(
                        work.id(),
                        new Progress(work.spec().tenantId(), work.id(), work.writtenBelow(), work.settledBelow()));
            }
        }
        return List.copyOf(progress.values());
    }

    /** That is durable now. */
    public static void written(List<Pending> batch, List<Progress> progress) {
        for (Progress one : progress) {
            for (Pending pending : batch) {
                if (pending.work().id() == one.submissionId()) {
                    pending.work().written(one.settledBelow());
                }
            }
        }
    }
}
