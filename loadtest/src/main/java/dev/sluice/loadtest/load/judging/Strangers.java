package dev.sluice.loadtest.load.judging;

import dev.sluice.engine.http.PublicId;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.LoadKind;
import dev.sluice.loadtest.verdict.LoadReading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks the send API for what is another tenant's: it is to answer as of what nobody has. Blocks. */
final class Strangers {
    private static final int MOST_PAIRS = 10;
    /** From before any submission. */
    private static final long NOBODYS = 1;

    private static final int NOT_FOUND = 404;

    private final Function<LoadTenant, ApiClient> apis;
    private long asked;
    private long hidden;

    /**
     * @param apis the send API with a tenant's key
     */
    Strangers(Function<LoadTenant, ApiClient> apis) {
        this.apis = apis;
    }

    /** Some tenants' submissions, one of each kind, asked for by the tenant next to them. One tenant alone has nobody beside it. */
    void ask(List<LoadTenant> tenants, Map<LoadTenant, List<Sent>> accepted) {
        if (tenants.size() < 2) {
            return;
        }
        int every = Math.ceilDiv(tenants.size(), MOST_PAIRS);
        for (int i = 0; i < tenants.size(); i += every) {
            LoadTenant owner = tenants.get(i);
            LoadTenant stranger = tenants.get((i + 1) % tenants.size());
            oneOfEachKind(accepted.getOrDefault(owner, List.of()))
                    .forEach(one -> ask(apis.apply(owner), apis.apply(stranger), one));
        }
    }

    private static Collection<Sent> oneOfEachKind(List<Sent> submissions) {
        return submissions.stream()
                .collect(Collectors.toMap(one -> one.load().kind(), Function.identity(), (one, other) -> one))
                .values();
    }

    private void ask(ApiClient owner, ApiClient stranger, Sent one) {
        long id = PublicId.submission(one.id()).orElseThrow();
        List<String> paths = paths(one.load().kind(), id);
        List<String> unknown = paths(one.load().kind(), NOBODYS);
        for (int i = 0; i < paths.size(); i++) {
            // What its owner does not see either would hide from anybody.
            owner.get(paths.get(i));
            String answer = answer(stranger, paths.get(i));
            asked++;
            hidden += answer.startsWith(NOT_FOUND + " ") && answer.equals(answer(stranger, unknown.get(i))) ? 1 : 0;
        }
    }

    private static List<String> paths(LoadKind kind, long id) {
        boolean campaign = kind == LoadKind.CAMPAIGN;
        String message = "/v1/messages/" + (campaign ? PublicId.campaign(id) : PublicId.message(id));
        List<String> paths = new ArrayList<>(
                List.of(message, message + "/deliveries", "/v1/deliveries/" + PublicId.delivery(id, 0)));
        if (campaign) {
            paths.add("/v1/campaigns/" + PublicId.campaign(id));
            paths.add("/v1/campaigns/" + PublicId.campaign(id) + "/rejects");
        }
        return paths;
    }

    /** Without what differs from one answer to the next. */
    private static String answer(ApiClient api, String path) {
        try {
            return "200 " + api.get(path).encode();
        } catch (ApiFailure refused) {
            if (refused.status() == 0) {
                throw refused;
            }
            return refused.status() + " " + refused.reason();
        }
    }

    LoadReading.Strangers reading() {
        return new LoadReading.Strangers(asked, hidden);
    }
}
