package dev.sluice.engine.query;

import dev.sluice.engine.auth.Guard;
import dev.sluice.engine.auth.Principal;
import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.PublicId;
import dev.sluice.engine.http.QueryFields;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.scheduling.status.LaneStatusBoard;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The routes that answer what became of something. */
public final class QueryRoutes {
    /** Without {@code since}, a look-up of a person, or of counts, goes back this far. */
    private static final Duration USUAL_PERIOD = Duration.ofDays(31);

    private final SubmissionReader submissions;
    private final SubmissionControl control;
    private final CountReader counts;
    private final DeliveryReader deliveries;
    private final Explanation explanation;
    private final EngineClock clock;

    public QueryRoutes(
            SqlClient sql,
            SubmissionReader submissions,
            SubmissionControl control,
            Directory directory,
            LaneStatusBoard lanes,
            EngineClock clock) {
        this.submissions = submissions;
        this.control = control;
        this.counts = new CountReader(sql);
        this.deliveries = new DeliveryReader(sql);
        this.explanation = new Explanation(directory, lanes, clock);
        this.clock = clock;
    }

    /** Adds them to a router. */
    public void mount(Router router, Guard guard) {
        router.get("/v1/messages/:id").handler(guard.guarded(this::message));
        router.get("/v1/messages/:id/deliveries").handler(guard.guarded(this::deliveriesOfMessage));
        router.post("/v1/messages/:id/cancel").handler(guard.guarded(this::cancel));
        router.get("/v1/counts").handler(guard.guarded(this::counts));
        router.get("/v1/deliveries").handler(guard.guarded(this::deliveriesOfRecipient));
        router.get("/v1/deliveries/:id").handler(guard.guarded(this::delivery));
    }

    /** The submission that a path names; fails with 404. */
    public static long submissionId(RoutingContext context) {
        return PublicId.submission(context.pathParam("id"))
                .orElseThrow(() -> ProblemException.notFound("message or campaign"));
    }

    private Future<JsonObject> message(RoutingContext context, Principal caller) {
        return view(caller, submissionId(context));
    }

    private Future<JsonObject> view(Principal caller, long id) {
        return submissions
                .find(caller.tenantId(), id)
                .map(found -> found.orElseThrow(() -> ProblemException.notFound("message or campaign"))
                        .body());
    }

    private Future<JsonObject> cancel(RoutingContext context, Principal caller) {
        long id = submissionId(context);
        return control.cancel(caller.tenantId(), id).compose(asked -> view(caller, id));
    }

    private Future<JsonObject> deliveriesOfMessage(RoutingContext context, Principal caller) {
        long id = submissionId(context);
        QueryFields query = new QueryFields(context, Set.of("state", "after", "limit"));
        Short state = state(query);
        int after = (int) query.number("after", -1, -1, Integer.MAX_VALUE);
        int limit = query.limit();
        query.check();
        return submissions.find(caller.tenantId(), id).compose(found -> {
            SubmissionView submission = found.orElseThrow(() -> ProblemException.notFound("message or campaign"));
            int total = submission.body().getJsonObject("counts").getInteger("total");
            return deliveries
                    .ofSubmission(caller.tenantId(), id, after, state, limit)
                    .map(rows -> rows.stream()
                            .map(row -> DeliveryView.of(row, submission.campaign() != null))
                            .toList())
                    .map(page -> page(page, nextOrdinal(page, after, limit, total)));
        });
    }

    /** Where the next page starts: after a full page its last one, after a short one the end of what was looked at. */
    private static String nextOrdinal(List<DeliveryView> page, int after, int limit, int total) {
        long last = page.size() == limit ? page.getLast().key().ordinal() : (long) after + DeliveryReader.MOST_SCANNED;
        return last < total - 1 ? Long.toString(last) : null;
    }

    private Future<JsonObject> counts(RoutingContext context, Principal caller) {
        QueryFields query = new QueryFields(context, Set.of("tag", "since", "until", "after"));
        String tag = query.text("tag");
        Instant until = query.instant("until", clock.now().plusSeconds(1));
        Instant since = query.instant("since", until.minus(USUAL_PERIOD));
        String after = query.text("after");
        OptionalLong last = after == null ? OptionalLong.of(0) : PublicId.submission(after);
        if (last.isEmpty()) {
            query.fault("after", "Must be the 'next' of the answer before.");
        }
        query.check();
        return counts.count(
                caller.tenantId(), last.orElseThrow(), IdSequence.floorAt(since), IdSequence.floorAt(until), tag);
    }

    private Future<JsonObject> deliveriesOfRecipient(RoutingContext context, Principal caller) {
        QueryFields query = new QueryFields(context, Set.of("recipient", "since", "until", "after", "limit"));
        String recipient = query.text("recipient");
        if (recipient == null || recipient.isEmpty()) {
            query.fault("recipient", "Is required.");
        }
        Instant until = query.instant("until", clock.now().plusSeconds(1));
        Instant since = query.instant("since", until.minus(USUAL_PERIOD));
        DeliveryKey after = after(query);
        int limit = query.limit();
        query.check();
        return deliveries
                .ofRecipient(
                        caller.tenantId(),
                        recipient,
                        IdSequence.floorAt(since),
                        IdSequence.floorAt(until),
                        after,
                        limit)
                .compose(rows -> explanation
                        .waitingFor(rows)
                        .map(held -> rows.stream()
                                .map(DeliveryView::of)
                                .map(view -> view.waitingFor(held.get(view.key())))
                                .toList()))
                .map(page -> page(
                        page, page.size() < limit ? null : page.getLast().body().getString("id")));
    }

    private static DeliveryKey after(QueryFields query) {
        String after = query.text("after");
        if (after == null) {
            return new DeliveryKey(Long.MAX_VALUE, 0);
        }
        Optional<DeliveryKey> key = PublicId.delivery(after);
        if (key.isEmpty()) {
            query.fault("after", "Must be the 'next' of the page before.");
        }
        return key.orElse(new DeliveryKey(0, 0));
    }

    private static Short state(QueryFields query) {
        String name = query.text("state");
        if (name == null) {
            return null;
        }
        for (DeliveryState state : DeliveryState.values()) {
            if (DeliveryView.stateName(state).equalsIgnoreCase(name)) {
                return state.code();
            }
        }
        query.fault(
                "state",
                "Must be one of "
                        + Stream.of(DeliveryState.values())
                                .map(DeliveryView::stateName)
                                .collect(Collectors.joining(", "))
                        + ".");
        return null;
    }

    private static JsonObject page(List<DeliveryView> page, String next) {
        JsonArray items = new JsonArray();
        page.forEach(view -> items.add(view.body()));
        return new JsonObject().put("items", items).put("next", next);
    }

    private Future<JsonObject> delivery(RoutingContext context, Principal caller) {
        DeliveryKey key =
                PublicId.delivery(context.pathParam("id")).orElseThrow(() -> ProblemException.notFound("delivery"));
        return deliveries.find(caller.tenantId(), key).compose(found -> {
            Row row = found.orElseThrow(() -> ProblemException.notFound("delivery"));
            return explanation
                    .waitingFor(List.of(row))
                    .compose(held -> deliveries
                            .attempts(caller.tenantId(), key)
                            .map(attempts -> DeliveryView.of(row)
                                    .waitingFor(held.get(key))
                                    .body()
                                    .put("deliverBy", SubmissionView.text(row.getOffsetDateTime("deliver_by")))
                                    .put("calls", calls(row, attempts))));
        });
    }

    /** The last one settled it, unless it stands among the attempts: then it left the delivery waiting or in doubt, and whatever ended that was no call. */
    private static JsonArray calls(Row delivery, RowSet<Row> attempts) {
        JsonArray calls = new JsonArray();
        Long last = delivery.getLong("the_call");
        boolean settledByCall = last != null;
        for (Row attempt : attempts) {
            settledByCall &= !Objects.equals(last, attempt.getLong("the_call"));
            calls.add(call(attempt)
                    .put("outcome", attempt.getString("outcome"))
                    .put("at", SubmissionView.text(attempt.getOffsetDateTime("at"))));
        }
        if (settledByCall) {
            calls.add(call(delivery).put("outcome", "settled"));
        }
        return calls;
    }

    private static JsonObject call(Row row) {
        JsonObject call = new JsonObject();
        if (row.getLong("the_call") == null) {
            return call;
        }
        return call.put("call", row.getLong("the_call").toString())
                .put("api", row.getString("api"))
                .put("state", CallState.ofCode(row.getShort("call_state")).wireName())
                .put("intentAt", SubmissionView.text(row.getOffsetDateTime("intent_at")))
                .put("answeredAt", SubmissionView.text(row.getOffsetDateTime("answered_at")))
                .put("platformRef", row.getString("platform_ref"))
                .put("platformCode", row.getString("platform_code"))
                .put("platformText", row.getString("platform_text"));
    }
}
