package dev.sluice.peers;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One measurement: jobs are accepted and delivered at the same time; over when the last outcome is recorded. */
final class Round {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Peer peer;
    private final Notices notices;

    Round(Peer peer, Notices notices) {
        this.peer = peer;
        this.notices = notices;
    }

    /** Seconds from the first job accepted to the last recorded, without the time in which everything was accepted and the peer had not polled yet. */
    double seconds(List<String> people) {
        long target = peer.recorded() + people.size();
        notices.takeFirstNanos();
        peer.pause(false);
        long beganNanos = System.nanoTime();
        peer.accept(people);
        long acceptedNanos = System.nanoTime();
        while (peer.recorded() < target) {
            if (System.nanoTime() - beganNanos > PATIENCE_NANOS) {
                throw new IllegalStateException("the jobs did not end within 10 minutes");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        long endedNanos = System.nanoTime();
        peer.pause(true);
        long sleptNanos = Math.max(0, notices.takeFirstNanos() - acceptedNanos);
        return (endedNanos - beganNanos - sleptNanos) / 1e9;
    }
}
