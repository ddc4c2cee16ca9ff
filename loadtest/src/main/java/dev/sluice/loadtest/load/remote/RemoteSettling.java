package dev.sluice.loadtest.load.remote;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.client.States;
import dev.sluice.loadtest.load.remote.RemoteEngine.Absence;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.scenario.Expectation;
import dev.sluice.loadtest.scenario.LoadKind;
import dev.sluice.loadtest.verdict.SubmissionReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Asks an engine elsewhere about everything that it accepted, until all is settled. Blocks; {@link #settled()} may be read on any thread. */
public final class RemoteSettling {
    /** However little time is left, a round is not over before. */
    private static final Duration SHORTEST_ROUND = Duration.ofSeconds(5);
    /** Nor before so long for each: of very many, all are asked about. An engine in order answers in a tenth of it. */
    private static final Duration OF_EACH = Duration.ofMillis(20);

    private final RemoteEngine engine;
    private final Map<String, Long> settledById = new HashMap<>();
    private final LongAdder settled = new LongAdder();
    private Optional<Absence> vain = Optional.empty();

    public RemoteSettling(RemoteEngine engine) {
        this.engine = engine;
    }

    /** People who are known to wait no longer. */
    public long settled() {
        return settled.sum();
    }

    /**
     * What the API says of each, as soon as it is settled; of those that are not in time, what it says then. An engine that does not answer is asked again until the
     * time is over, and once more. One that answers so slowly that not all can be asked about does not answer for the rest.
     *
     * @param accepted submissions and campaigns
     */
    public RemoteStates states(List<Sent> accepted, Duration limit) {
        List<Sent> open = new ArrayList<>(accepted);
        List<SubmissionReading> readings = new ArrayList<>();
        long endNanos = System.nanoTime() + limit.toNanos();
        Patience.until(limit, () -> {
            new Round(readings, false, end(endNanos, open)).ask(open);
            return open.isEmpty();
        });
        new Round(readings, true, end(endNanos, open)).ask(open);
        return new RemoteStates(readings, open, open.isEmpty() ? Optional.empty() : vain);
    }

    /** When a round is over that begins now. */
    private static long end(long endNanos, List<Sent> open) {
        Duration least = SHORTEST_ROUND.plus(OF_EACH.multipliedBy(open.size()));
        return Math.max(endNanos, System.nanoTime() + least.toNanos());
    }

    /** One question about each that is open. */
    private final class Round {
        private final List<SubmissionReading> readings;
        private final boolean last;
        private final long endNanos;
        private boolean away;

        Round(List<SubmissionReading> readings, boolean last, long endNanos) {
            this.readings = readings;
            this.last = last;
            this.endNanos = endNanos;
        }

        void ask(List<Sent> open) {
            open.removeIf(this::isRead);
        }

        /** Where no answer comes, it comes for nobody: the rest of a thousand is not waited for one by one. */
        private boolean isRead(Sent one) {
            if (away || isOver()) {
                return false;
            }
            try {
                SubmissionReading reading = reading(one);
                boolean taken = last || reading.late() == 0;
                if (taken) {
                    readings.add(reading);
                }
                return taken;
            } catch (ApiFailure failure) {
                away = failure.status() == 0;
                askedInVain(failure.status());
                return false;
            }
        }

        private boolean isOver() {
            boolean over = System.nanoTime() - endNanos > 0;
            if (over) {
                askedInVain(0);
            }
            return over;
        }
    }

    private void askedInVain(int status) {
        long nowNanos = System.nanoTime();
        vain = Optional.of(engine.absence().orElseGet(() -> new Absence(nowNanos, nowNanos, status)));
    }

    private SubmissionReading reading(Sent one) {
        SubmissionReading reading = SubmissionReading.ofClient(
                one.id(), one.people(), counts(one), one.load().expect() == Expectation.HELD);
        note(reading);
        return reading;
    }

    /** Nobody in any state where the engine does not know what it accepted. */
    private Map<DeliveryState, Long> counts(Sent one) {
        String path = one.load().kind() == LoadKind.CAMPAIGN ? "/v1/campaigns/" : "/v1/messages/";
        try {
            return engine.get(path + one.id(), States::in);
        } catch (ApiFailure failure) {
            if (failure.isNotFound()) {
                return Map.of();
            }
            throw failure;
        }
    }

    private void note(SubmissionReading reading) {
        long now = ended(reading);
        Long before = settledById.put(reading.id(), now);
        settled.add(now - (before == null ? 0 : before));
    }

    /** Whom the engine does not name is not settled. */
    private static long ended(SubmissionReading reading) {
        return reading.api().entrySet().stream()
                .filter(state -> state.getKey() != DeliveryState.WAITING)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
