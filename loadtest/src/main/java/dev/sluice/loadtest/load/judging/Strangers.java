package dev.sluice.loadtest.load.judging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.engine.http.PublicId;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.LoadKind;
import dev.sluice.loadtest.verdict.LoadReading;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the send API for what is another tenant's, and to move it: it is to answer as of what nobody has. Blocks. */
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
            List<Sent> theirs = accepted.getOrDefault(owner, List.of());
            Set<String> ids = theirs.stream().map(Sent::id).collect(Collectors.toSet());
            oneOfEachKind(theirs).forEach(one -> {
                read(apis.apply(owner), apis.apply(stranger), one);
                lookUp(apis.apply(owner), apis.apply(stranger), one, ids);
                if (one.load().kind() == LoadKind.CAMPAIGN) {
                    list(apis.apply(stranger), ids);
                }
                move(apis.apply(stranger), one);
            });
        }
    }

    private static Collection<Sent> oneOfEachKind(List<Sent> submissions) {
        return submissions.stream()
                .collect(Collectors.toMap(one -> one.load().kind(), Function.identity(), (one, other) -> one))
                .values();
    }

    private void read(ApiClient owner, ApiClient stranger, Sent one) {
        List<String> paths = paths(one.load().kind(), number(one));
        List<String> unknown = paths(one.load().kind(), NOBODYS);
        for (int i = 0; i < paths.size(); i++) {
            if (seen(owner, paths.get(i)).isPresent()) {
                compare(stranger::get, paths.get(i), unknown.get(i));
            }
        }
    }

    /** What its owner does not see either would hide from anybody: it is asked for, and not hidden. */
    private Optional<JsonObject> seen(ApiClient owner, String path) {
        try {
            return Optional.of(owner.get(path));
        } catch (ApiFailure failure) {
            if (!failure.isNotFound()) {
                throw failure;
            }
            asked++;
            return Optional.empty();
        }
    }

    /** A person may be both tenants': what the stranger is told of them is to have nothing of the owner's. A delivery to a webhook is to nobody who could be looked up. */
    private void lookUp(ApiClient owner, ApiClient stranger, Sent one, Set<String> ids) {
        String recipient = seen(owner, delivery(number(one)))
                .map(delivery -> delivery.getString("recipient"))
                .orElse("");
        if (recipient.isEmpty()) {
            return;
        }
        JsonArray told = stranger.get("/v1/deliveries?limit=1000&recipient=" + URLEncoder.encode(recipient, UTF_8))
                .getJsonArray("items");
        asked++;
        hidden += told.stream().noneMatch(item -> ids.contains(((JsonObject) item).getString("message"))) ? 1 : 0;
    }

    /** The newest of the stranger's own. */
    private void list(ApiClient stranger, Set<String> ids) {
        JsonArray told = stranger.get("/v1/campaigns?limit=1000").getJsonArray("items");
        asked++;
        hidden += told.stream().noneMatch(item -> ids.contains(((JsonObject) item).getString("id"))) ? 1 : 0;
    }

    private void move(ApiClient stranger, Sent one) {
        List<String> paths = moves(one.load().kind(), number(one));
        List<String> unknown = moves(one.load().kind(), NOBODYS);
        for (int i = 0; i < paths.size(); i++) {
            compare(path -> stranger.post(path, new JsonObject()), paths.get(i), unknown.get(i));
        }
    }

    private void compare(Function<String, JsonObject> ask, String path, String unknown) {
        String answer = answer(ask, path);
        asked++;
        hidden += answer.startsWith(NOT_FOUND + " ") && answer.equals(answer(ask, unknown)) ? 1 : 0;
    }

    private static long number(Sent one) {
        return PublicId.submission(one.id()).orElseThrow();
    }

    private static List<String> paths(LoadKind kind, long id) {
        String message = message(kind, id);
        Stream<String> ofAny = Stream.of(message, message + "/deliveries", delivery(id));
        Stream<String> ofCampaigns = Stream.of("", "/rejects").map(campaign(id)::concat);
        return kind == LoadKind.CAMPAIGN ? Stream.concat(ofAny, ofCampaigns).toList() : ofAny.toList();
    }

    private static List<String> moves(LoadKind kind, long id) {
        return kind == LoadKind.CAMPAIGN
                ? Stream.of("/start", "/pause", "/resume", "/cancel")
                        .map(campaign(id)::concat)
                        .toList()
                : List.of(message(kind, id) + "/cancel");
    }

    private static String message(LoadKind kind, long id) {
        return "/v1/messages/" + (kind == LoadKind.CAMPAIGN ? PublicId.campaign(id) : PublicId.message(id));
    }

    private static String campaign(long id) {
        return "/v1/campaigns/" + PublicId.campaign(id);
    }

    private static String delivery(long id) {
        return "/v1/deliveries/" + PublicId.delivery(id, 0);
    }

    /** Without what differs from one answer to the next. */
    private static String answer(Function<String, JsonObject> ask, String path) {
        try {
            return "200 " + ask.apply(path).encode();
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
