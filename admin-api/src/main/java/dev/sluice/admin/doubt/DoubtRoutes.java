package dev.sluice.admin.doubt;

import dev.sluice.admin.http.Changed;
import dev.sluice.admin.http.Changes;
import dev.sluice.admin.http.Fields;
import dev.sluice.admin.http.Request;
import dev.sluice.admin.http.Route;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.http.PublicId;
import dev.sluice.engine.scheduling.wake.WakeUps;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Deliveries in doubt: who they are, which call left them there, and an operator's decision about them. All of a request's deliveries are settled, or none. */
public final class DoubtRoutes {
    private static final int MOST_ORDINALS = 1_000;
    private static final String SUBMISSION = "/v1/tenants/{tenantId}/doubts/{submissionId}";

    private final Pool pool;
    private final Changes changes;
    private final WakeUps wakeUps;

    public DoubtRoutes(Pool pool, Changes changes, WakeUps wakeUps) {
        this.pool = pool;
        this.changes = changes;
        this.wakeUps = wakeUps;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/tenants/{tenantId}/doubts",
                        request -> DoubtStore.submissions(pool, request.id("tenantId"), request.page())),
                Route.get(
                        SUBMISSION,
                        request ->
                                DoubtStore.people(pool, request.id("tenantId"), submissionId(request), request.page())),
                Route.act(SUBMISSION + "/settle", this::settle));
    }

    private Future<JsonObject> settle(Request request) {
        long tenantId = request.id("tenantId");
        long submissionId = submissionId(request);
        Fields body = request.body();
        String decided = body.word("decision", Decision.WIRE_NAMES);
        List<Integer> ordinals = body.numbers("ordinals", MOST_ORDINALS);
        String reason = body.text("reason", 500);
        body.check();
        Decision decision = Decision.ofWireName(decided);
        JsonObject detail = new JsonObject()
                .put("decision", decided)
                .put("ordinals", DoubtStore.listed(ordinals))
                .put("reason", reason);
        AtomicLong channelId = new AtomicLong();
        return changes.commit(
                        request.actor(),
                        "doubt.settle",
                        sql -> DoubtStore.settle(sql, tenantId, submissionId, ordinals, decision)
                                .compose(settled -> settled == ordinals.size()
                                        ? DoubtStore.count(sql, tenantId, submissionId, ordinals, decision)
                                        : Future.failedFuture(notInDoubt(settled, ordinals.size(), decision)))
                                .map(row -> {
                                    channelId.set(row.getLong("channel_id"));
                                    return new Changed(
                                            "submission " + submissionId,
                                            detail,
                                            new JsonObject().put("settled", ordinals.size()));
                                }))
                .onSuccess(committed -> wakeUps.changed(List.of(channelId.get())));
    }

    /** By our number, or by the id that its tenant was given for it and asks about. */
    private static long submissionId(Request request) {
        OptionalLong known = PublicId.submission(request.text("submissionId"));
        return known.isPresent() ? known.getAsLong() : request.id("submissionId");
    }

    private static ProblemException notInDoubt(int settled, int asked, Decision decision) {
        String orResolving = decision == Decision.RESEND
                ? ", or a node is still finding out about their call (\"resolving\"), which may send it again itself"
                : "";
        return new ProblemException(
                ProblemType.STATE_CONFLICT,
                (asked - settled) + " of these " + asked + " are not in doubt (any more)" + orResolving
                        + "; nothing was changed.");
    }
}
