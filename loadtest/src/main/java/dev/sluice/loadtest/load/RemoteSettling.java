package dev.sluice.loadtest.load;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.client.States;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.scenario.Expectation;
import dev.sluice.loadtest.scenario.LoadKind;
import dev.sluice.loadtest.verdict.SubmissionReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Asks an engine elsewhere about everything that it accepted, until all is settled. Blocks; {@link #settled()} may be read on any thread. */
final class RemoteSettling {
    private final ApiClient api;
    private final Map<String, Long> settledById = new HashMap<>();
    private final LongAdder settled = new LongAdder();

    /**
     * @param api its send API; lent
     */
    RemoteSettling(ApiClient api) {
        this.api = api;
    }

    /** People who are known to wait no longer. */
    long settled() {
        return settled.sum();
    }

    /**
     * What the API says of each, as soon as it is settled; of those that are not in time, what it says then.
     *
     * @param accepted submissions and campaigns
     */
    List<SubmissionReading> readings(List<Sent> accepted, Duration limit) {
        List<Sent> open = new ArrayList<>(accepted);
        List<SubmissionReading> readings = new ArrayList<>();
        Patience.until(limit, () -> {
            open.removeIf(one -> isSettled(one, readings));
            return open.isEmpty();
        });
        open.forEach(one -> readings.add(reading(one)));
        return readings;
    }

    private boolean isSettled(Sent one, List<SubmissionReading> readings) {
        SubmissionReading reading;
        try {
            reading = reading(one);
        } catch (ApiFailure busy) {
            return false;
        }
        if (waiting(reading) > 0 && !reading.mayWait()) {
            return false;
        }
        readings.add(reading);
        return true;
    }

    private SubmissionReading reading(Sent one) {
        String path = one.load().kind() == LoadKind.CAMPAIGN ? "/v1/campaigns/" : "/v1/messages/";
        Map<DeliveryState, Long> states = States.of(api.get(path + one.id()).getJsonObject("counts"));
        SubmissionReading reading = new SubmissionReading(
                one.id(), one.people(), states, states, one.load().expect() == Expectation.HELD);
        note(reading);
        return reading;
    }

    private void note(SubmissionReading reading) {
        long now = reading.accepted() - waiting(reading);
        Long before = settledById.put(reading.id(), now);
        settled.add(now - (before == null ? 0 : before));
    }

    private static long waiting(SubmissionReading reading) {
        return reading.api().getOrDefault(DeliveryState.WAITING, 0L);
    }
}
