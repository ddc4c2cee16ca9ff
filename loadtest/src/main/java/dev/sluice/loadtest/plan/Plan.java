package dev.sluice.loadtest.plan;

import dev.sluice.loadtest.scenario.Scenario;
import java.time.Instant;
import java.util.List;

/**
 * All answers about a scenario.
 *
 * @param scenario what was asked
 * @param start wall time of its second 0
 * @param asItStands what becomes of it
 * @param remarks what to know beside the numbers
 * @param answers what becomes of it with something changed
 * @param needs what it takes that only quotas are in the way
 */
public record Plan(
        Scenario scenario, Instant start, Outcome asItStands, List<Remark> remarks, List<Answer> answers, Needs needs) {
    public Plan {
        remarks = List.copyOf(remarks);
        answers = List.copyOf(answers);
    }

    /**
     * What becomes of it with something changed.
     *
     * @param variation what
     * @param outcome what becomes of it
     */
    public record Answer(Variation variation, Outcome outcome) {}
}
