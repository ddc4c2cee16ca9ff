package dev.sluice.loadtest.load.remote;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.client.Promised;
import dev.sluice.loadtest.client.States;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks an engine elsewhere again and again how many people of a run are in which state: once a second, more seldom where answers are slow, so that these questions
 * take a tenth of one connection's time at most. One that is not answered changes nothing. What was counted may be read on any thread; {@link #close()} does not
 * wait for an answer.
 */
public final class CountPolling implements AutoCloseable {
    private static final long PERIOD_MILLIS = 1_000;
    /** An engine that hung for half a minute is not left alone for five. */
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    /** An answer looks at 10,000 messages and campaigns; of a tenant with more than a million in this time nothing is counted. */
    private static final int MOST_PARTS = 100;
    /** The engine's clock may be so much behind ours. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private final RemoteEngine engine;
    private final String question;
    private final CountDownLatch over = new CountDownLatch(1);
    private Count last;

    /**
     * What the engine said.
     *
     * @param states people by state, at the last answer
     * @param answers how many there were
     * @param askedAtNanos when the last was asked for, on the clock of {@link System#nanoTime()}; before the first, when the polling began
     * @param longestGapNanos between two that followed each other, or before the first
     */
    public record Count(Map<DeliveryState, Long> states, long answers, long askedAtNanos, long longestGapNanos) {
        public Count {
            states = Map.copyOf(states);
        }

        private Count next(Map<DeliveryState, Long> now, long askedNowNanos) {
            return new Count(now, answers + 1, askedNowNanos, Math.max(longestGapNanos, askedNowNanos - askedAtNanos));
        }

        /** People who wait no longer. */
        public long settled() {
            return states.entrySet().stream()
                    .filter(state -> state.getKey() != DeliveryState.WAITING)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    /** An answer, and where the next one begins. */
    private record Part(Map<DeliveryState, Long> states, Optional<String> next) {
        static Part of(JsonObject answer) {
            return new Part(States.in(answer), Promised.idIfAny(answer, "next"));
        }
    }

    /**
     * Begins to ask.
     *
     * @param tag that everything of the run has, and nothing else
     * @param since when its first campaign or message was made, or before
     */
    public CountPolling(RemoteEngine engine, String tag, Instant since) {
        this.engine = engine;
        this.question = "/v1/counts?tag=" + tag + "&since=" + since.minus(CLOCKS_APART);
        this.last = new Count(Map.of(), 0, System.nanoTime(), 0);
        Thread.ofPlatform().daemon().name("counts").start(this::run);
    }

    /** What was counted last. */
    public synchronized Count last() {
        return last;
    }

    private void run() {
        try {
            long pauseMillis = 0;
            while (!over.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                long askedAtNanos = System.nanoTime();
                look(askedAtNanos);
                long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - askedAtNanos);
                pauseMillis = Math.max(
                        PERIOD_MILLIS - tookMillis, Math.min(LONGEST_PAUSE_MILLIS, Patience.restMillis(tookMillis)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(long askedAtNanos) {
        Map<DeliveryState, Long> states = new EnumMap<>(DeliveryState.class);
        Optional<String> next = Optional.empty();
        try {
            for (int parts = 0; parts == 0 || next.isPresent(); parts++) {
                if (parts == MOST_PARTS) {
                    return;
                }
                Part part = engine.get(question + next.map(id -> "&after=" + id).orElse(""), Part::of);
                part.states().forEach((state, people) -> states.merge(state, people, Long::sum));
                next = part.next();
            }
        } catch (ApiFailure notNow) {
            return;
        }
        note(states, askedAtNanos);
    }

    private synchronized void note(Map<DeliveryState, Long> states, long askedAtNanos) {
        last = last.next(states, askedAtNanos);
    }

    @Override
    public void close() {
        over.countDown();
    }
}
