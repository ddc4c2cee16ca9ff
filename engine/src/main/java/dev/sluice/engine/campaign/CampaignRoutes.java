package dev.sluice.engine.campaign;

import dev.sluice.engine.auth.Guard;
import dev.sluice.engine.auth.Principal;
import dev.sluice.engine.http.BodyReader;
import dev.sluice.engine.http.JsonFields;
import dev.sluice.engine.http.ProblemException;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.http.PublicId;
import dev.sluice.engine.http.QueryFields;
import dev.sluice.engine.http.StrictJson;
import dev.sluice.engine.model.ContentHash;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.query.SubmissionControl;
import dev.sluice.engine.query.SubmissionReader;
import dev.sluice.engine.query.SubmissionView;
import dev.sluice.engine.request.Envelope;
import dev.sluice.engine.request.EnvelopeDecoder;
import dev.sluice.engine.request.IdempotencyKey;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The routes of campaigns: make one, give it its people, start, hold and end it. One event loop. */
public final class CampaignRoutes {
    private static final Set<String> FIELDS =
            Stream.concat(EnvelopeDecoder.FIELDS.stream(), Stream.of("name")).collect(Collectors.toUnmodifiableSet());

    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";

    private final CampaignStore store;
    private final SubmissionReader submissions;
    private final SubmissionControl control;
    private final EnvelopeDecoder envelopes;
    private final PeopleUploads uploads;
    private final BodyReader bodies;
    private final IdSequence ids;

    public CampaignRoutes(
            SqlClient sql,
            SubmissionReader submissions,
            SubmissionControl control,
            EnvelopeDecoder envelopes,
            PeopleUploads uploads,
            BodyReader bodies,
            IdSequence ids) {
        this.store = new CampaignStore(sql);
        this.submissions = submissions;
        this.control = control;
        this.envelopes = envelopes;
        this.uploads = uploads;
        this.bodies = bodies;
        this.ids = ids;
    }

    /** Adds them to a router. */
    public void mount(Router router, Guard guard) {
        Handler<RoutingContext> alone = guard.guarded(this::create);
        Handler<RoutingContext> withPeople = guard.guardedWithoutPermit(this::create);
        router.post("/v1/campaigns").handler(context -> (isNdjson(context) ? withPeople : alone).handle(context));
        router.get("/v1/campaigns").handler(guard.guarded(this::list));
        router.get("/v1/campaigns/:id").handler(guard.guarded(this::campaign));
        router.put("/v1/campaigns/:id/people").handler(guard.guardedWithoutPermit(this::people));
        router.get("/v1/campaigns/:id/rejects").handler(guard.guarded(this::rejects));
        router.post("/v1/campaigns/:id/start").handler(guard.guarded(moving(this::start)));
        router.post("/v1/campaigns/:id/pause").handler(guard.guarded(moving(control::pause)));
        router.post("/v1/campaigns/:id/resume").handler(guard.guarded(moving(control::resume)));
        router.post("/v1/campaigns/:id/cancel").handler(guard.guarded(moving(control::cancel)));
    }

    private Future<JsonObject> create(RoutingContext context, Principal caller) {
        new QueryFields(context, Set.of()).check();
        long id = ids.next();
        HttpServerRequest request = context.request();
        String key = IdempotencyKey.checked(request.getHeader(IdempotencyKey.HEADER));
        Future<Made> made = isNdjson(context)
                ? createWithPeople(request, caller, id, key)
                : bodies.with(request, caller.tenantId(), body -> createDraft(body.getBytes(), caller, id, key));
        return made.compose(campaign -> view(caller.tenantId(), campaign.id()).onSuccess(view -> {
            if (campaign.replayed()) {
                context.response().putHeader(IdempotencyKey.REPLAYED, "true");
            }
            context.response()
                    .setStatusCode(201)
                    .putHeader(HttpHeaders.LOCATION, "/v1/campaigns/" + PublicId.campaign(campaign.id()));
        }));
    }

    /** The first line is the campaign, and what a key stands for; the others are its people, so that a repeat goes on where the first try broke off. */
    private Future<Made> createWithPeople(HttpServerRequest request, Principal caller, long id, String key) {
        AtomicReference<Made> made = new AtomicReference<>();
        return uploads.store(
                        request,
                        bytes -> {
                            LineReader lines = new LineReader(bytes);
                            byte[] first = lines.next();
                            if (first == null) {
                                throw new ProblemException(
                                        ProblemType.MALFORMED_REQUEST, "The first line must be the campaign.");
                            }
                            made.set(PeopleUpload.await(createDraft(first, caller, id, key)));
                            return new NdjsonPeople(lines);
                        },
                        caller,
                        () -> made.get().id(),
                        0)
                .map(stored -> made.get());
    }

    private Future<Made> createDraft(byte[] body, Principal caller, long id, String key) {
        if (key == null) {
            return insertDraft(body, caller, id, null, null).map(made -> new Made(id, false));
        }
        UUID hash = ContentHash.of(body);
        Future<Optional<Long>> before = store.named(caller.tenantId(), key, hash);
        return before.compose(known -> known.isPresent()
                ? Future.succeededFuture(new Made(known.get(), true))
                : insertDraft(body, caller, id, key, hash)
                        .compose(made -> made
                                ? Future.succeededFuture(new Made(id, false))
                                : store.named(caller.tenantId(), key, hash)
                                        .map(winner -> new Made(winner.orElseThrow(), true))));
    }

    private Future<Boolean> insertDraft(byte[] body, Principal caller, long id, String key, UUID hash) {
        JsonFields fields = new JsonFields(StrictJson.object(body));
        fields.refuseUnknown(FIELDS);
        String name = fields.requiredText("name", 200);
        Envelope envelope = envelopes.decode(fields, caller.tenantId(), PriorityClass.BULK);
        if (envelope != null && !envelopes.adapter(envelope.channel()).hasRecipients()) {
            fields.fault("/channel", "This channel speaks to its group; send a message through it.");
        }
        if (!fields.faults().isEmpty()) {
            throw ProblemException.invalid(fields.faults());
        }
        return store.create(caller.tenantId(), id, name, envelope, key, hash);
    }

    private Future<JsonObject> people(RoutingContext context, Principal caller) {
        long id = campaignId(context);
        QueryFields query = new QueryFields(context, Set.of("fromRow"));
        int fromRow = (int) query.number("fromRow", 0, 0, PeopleUpload.MOST_ROWS);
        query.check();
        PeopleUploads.Opening opening = switch (contentType(context.request())) {
            case CSV -> CsvPeople::new;
            case NDJSON -> bytes -> new NdjsonPeople(new LineReader(bytes));
            default ->
                throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send " + CSV + " or " + NDJSON + ".");
        };
        return uploads.store(context.request(), opening, caller, () -> id, fromRow)
                .map(progress -> new JsonObject()
                        .put("id", PublicId.campaign(id))
                        .put("rowsReceived", progress.rowsReceived())
                        .put("rowsRejected", progress.rowsRejected())
                        .put("people", progress.total())
                        .put("duplicates", progress.duplicates()));
    }

    private Future<JsonObject> rejects(RoutingContext context, Principal caller) {
        long id = campaignId(context);
        QueryFields query = new QueryFields(context, Set.of("after", "limit"));
        int after = (int) query.number("after", -1, -1, Integer.MAX_VALUE);
        int limit = query.limit();
        query.check();
        return view(caller.tenantId(), id)
                .compose(exists -> store.rejects(caller.tenantId(), id, after, limit))
                .map(page -> answerRejects(context, page, limit));
    }

    private static JsonObject answerRejects(RoutingContext context, List<JsonObject> page, int limit) {
        Integer next = page.size() < limit ? null : page.getLast().getInteger("row");
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accept == null || !accept.contains(CSV)) {
            return new JsonObject().put("items", new JsonArray(page)).put("next", next);
        }
        if (next != null) {
            context.response().putHeader("Sluice-Next", next.toString());
        }
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, CSV + "; charset=utf-8")
                .end(RejectsCsv.of(page));
        return null;
    }

    private Future<JsonObject> list(RoutingContext context, Principal caller) {
        QueryFields query = new QueryFields(context, Set.of("after", "limit"));
        String after = query.text("after");
        OptionalLong before = after == null ? OptionalLong.of(Long.MAX_VALUE) : PublicId.submission(after);
        if (before.isEmpty()) {
            query.fault("after", "Must be the 'next' of the page before.");
        }
        int limit = query.limit();
        query.check();
        return submissions
                .campaigns(caller.tenantId(), before.orElseThrow(), limit)
                .map(page -> new JsonObject()
                        .put(
                                "items",
                                new JsonArray(
                                        page.stream().map(SubmissionView::body).toList()))
                        .put(
                                "next",
                                page.size() < limit
                                        ? null
                                        : page.getLast().body().getString("id")));
    }

    private Future<JsonObject> campaign(RoutingContext context, Principal caller) {
        return view(caller.tenantId(), campaignId(context));
    }

    /** A promise that the limits alone make impossible is not begun: now it is known to how many people it was made. */
    private Future<Void> start(long tenantId, long id) {
        return store.promised(tenantId, id)
                .map(promised -> promised.flatMap(one -> envelopes.hopeless(
                        one.channelId(), one.content(), one.people(), one.notBefore(), one.deliverBy())))
                .compose(why -> why.isPresent()
                        ? Future.failedFuture(new ProblemException(
                                ProblemType.STATE_CONFLICT, "Its deliverBy cannot be kept. " + why.get()))
                        : control.start(tenantId, id));
    }

    private BiFunction<RoutingContext, Principal, Future<JsonObject>> moving(
            BiFunction<Long, Long, Future<Void>> move) {
        return (context, caller) -> {
            long id = campaignId(context);
            return view(caller.tenantId(), id)
                    .compose(exists -> move.apply(caller.tenantId(), id))
                    .compose(moved -> view(caller.tenantId(), id));
        };
    }

    private Future<JsonObject> view(long tenantId, long id) {
        return submissions
                .find(tenantId, id)
                .map(found -> found.filter(view -> view.campaign() != null)
                        .orElseThrow(() -> ProblemException.notFound("campaign"))
                        .body());
    }

    private static long campaignId(RoutingContext context) {
        return PublicId.submission(context.pathParam("id")).orElseThrow(() -> ProblemException.notFound("campaign"));
    }

    /** A campaign that stands, and whether an earlier request made it. */
    private record Made(long id, boolean replayed) {}

    private static boolean isNdjson(RoutingContext context) {
        return NDJSON.equals(contentType(context.request()));
    }

    private static String contentType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
