package dev.sluice.loadtest.load.judging;

import dev.sluice.engine.http.PublicId;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.client.States;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.LoadKind;
import dev.sluice.loadtest.verdict.LoadReading;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the send API says at the end of a run, while the nodes still answer. Blocks. */
final class Asked {
    /** Submissions looked up one by one; of more, every so many. The others are compared by their counters. */
    private static final int MOST_SUBMISSIONS = 1_000;

    private static final int SETTLED_OF_A_TENANT = 20;
    private static final int MOST_SETTLED = 200;
    private static final int WAITING_OF_A_TENANT = 20;
    private static final int MOST_WAITING = 200;
    /** Of all answers together that are none yet: longer than a lane is without an owner after its node was killed. */
    private static final long NOT_YET_MILLIS = 30_000;

    private static final long PAUSE_MILLIS = 500;

    private final Function<LoadTenant, ApiClient> apis;
    private final Map<String, Map<DeliveryState, Long>> states = new HashMap<>();
    /** How much longer answers that are none yet are waited for. */
    private long notYetMillis;

    private long waiting;
    private long unexplained;
    private long settled;
    private long untold;

    /**
     * @param apis the send API with a tenant's key
     */
    Asked(Function<LoadTenant, ApiClient> apis) {
        this(apis, NOT_YET_MILLIS);
    }

    Asked(Function<LoadTenant, ApiClient> apis, long notYetMillis) {
        this.apis = apis;
        this.notYetMillis = notYetMillis;
    }

    /** Looks submissions up that will not change any more. */
    void submissions(List<Sent> settled) {
        int every = Math.ceilDiv(Math.max(1, settled.size()), MOST_SUBMISSIONS);
        for (int i = 0; i < settled.size(); i += every) {
            Sent one = settled.get(i);
            String path = one.load().kind() == LoadKind.CAMPAIGN ? "/v1/campaigns/" : "/v1/messages/";
            states.put(
                    one.id(), get(one.tenant(), path + one.id()).map(States::in).orElse(Map.of()));
        }
    }

    /** Asks some of those who wait why, and until when. */
    void waiting(LoadTenant tenant, Installation rows) {
        if (waiting >= MOST_WAITING) {
            return;
        }
        for (Installation.Place place : rows.waiting(tenant, WAITING_OF_A_TENANT)) {
            Optional<JsonObject> delivery = delivery(tenant, place);
            if (delivery.isEmpty() || "waiting".equals(delivery.get().getString("state"))) {
                boolean explained = delivery.map(WaitingAnswer::of)
                        .filter(answer -> answer.explains(Instant.now()))
                        .isPresent();
                waiting++;
                unexplained += explained ? 0 : 1;
            }
        }
    }

    /** Asks some of those who are settled where they are, and why. Nothing may move meanwhile. */
    void settled(LoadTenant tenant, Installation rows) {
        if (settled >= MOST_SETTLED) {
            return;
        }
        for (Installation.Ended one : rows.settled(tenant, SETTLED_OF_A_TENANT)) {
            boolean told = get(tenant, path(one.place()))
                    .map(SettledAnswer::of)
                    .filter(answer -> answer.tells(one.state()))
                    .isPresent();
            settled++;
            untold += told ? 0 : 1;
        }
    }

    private static String path(Installation.Place place) {
        return "/v1/deliveries/" + PublicId.delivery(place.submissionId(), place.ordinal());
    }

    private Optional<JsonObject> delivery(LoadTenant tenant, Installation.Place place) {
        String path = path(place);
        Optional<JsonObject> delivery = get(tenant, path);
        while (notYetMillis > 0
                && delivery.map(WaitingAnswer::of)
                        .filter(WaitingAnswer::isNotYet)
                        .isPresent()) {
            Patience.pause(PAUSE_MILLIS);
            notYetMillis -= PAUSE_MILLIS;
            delivery = get(tenant, path);
        }
        return delivery;
    }

    /** Empty where the API does not know what it took: that is for the verdict to say. */
    private Optional<JsonObject> get(LoadTenant tenant, String path) {
        try {
            return Optional.of(apis.apply(tenant).get(path));
        } catch (ApiFailure failure) {
            if (failure.isNotFound()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** By id. */
    Map<String, Map<DeliveryState, Long>> states() {
        return states;
    }

    LoadReading.Told told() {
        return new LoadReading.Told(settled, untold);
    }

    long waiting() {
        return waiting;
    }

    long unexplained() {
        return unexplained;
    }
}
