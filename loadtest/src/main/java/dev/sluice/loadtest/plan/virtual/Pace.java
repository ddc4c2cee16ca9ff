package dev.sluice.loadtest.plan.virtual;

import java.util.random.RandomGenerator;

/**
 * How long things take that are not limits.
 *
 * @param leastAnswerMicros the platform's fastest answer, from the write of a request to its answer
 * @param mostAnswerMicros its slowest; evenly spread between
 * @param overheadMicros what the engine and its stores need between the grant of a call and its leaving
 * @param callCpuMicros processor time of a call, whatever it carries
 * @param deliveryCpuMicros processor time of a delivery, from its request to its settling
 * @param coresOfANode processors that a node's calls may use; 0: the machine is never the limit
 */
public record Pace(
        long leastAnswerMicros,
        long mostAnswerMicros,
        long overheadMicros,
        double callCpuMicros,
        double deliveryCpuMicros,
        double coresOfANode) {
    /** When a call leaves: once it is ready and its slots are free. */
    long leavesMicros(long grantedMicros, long slotsFreeMicros) {
        return Math.max(grantedMicros + overheadMicros, slotsFreeMicros);
    }

    /** How long the platform takes to answer one. */
    long answerMicros(RandomGenerator random) {
        return random.nextLong(leastAnswerMicros, mostAnswerMicros + 1);
    }

    /** How long a node works for a call. */
    long workMicros(int people) {
        return coresOfANode == 0 ? 0 : Math.round((callCpuMicros + deliveryCpuMicros * people) / coresOfANode);
    }
}
