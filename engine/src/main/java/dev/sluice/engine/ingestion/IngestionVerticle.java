package dev.sluice.engine.ingestion;

import dev.sluice.engine.auth.ApiKeyStore;
import dev.sluice.engine.auth.ApiKeys;
import dev.sluice.engine.auth.Guard;
import dev.sluice.engine.auth.KeyScope;
import dev.sluice.engine.campaign.CampaignRoutes;
import dev.sluice.engine.campaign.PeopleUploads;
import dev.sluice.engine.http.BodyReader;
import dev.sluice.engine.http.CommonRoutes;
import dev.sluice.engine.http.ConnectionBounds;
import dev.sluice.engine.http.Framing;
import dev.sluice.engine.http.ProblemReply;
import dev.sluice.engine.http.ProblemType;
import dev.sluice.engine.http.TenantPermits;
import dev.sluice.engine.query.QueryRoutes;
import dev.sluice.engine.query.SubmissionControl;
import dev.sluice.engine.query.SubmissionReader;
import dev.sluice.engine.recovery.CrashPoint;
import dev.sluice.engine.recovery.CrashPoints;
import dev.sluice.engine.request.EnvelopeDecoder;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;

/**
 * The send API on one event loop: several instances share the port. Wiring only. Stopping closes the port first; what was read before
 * is still answered, for as long as a commit is tried.
 */
public final class IngestionVerticle extends VerticleBase {
    /** Connections that each instance's commits take at most. */
    public static final int COMMIT_CONNECTIONS = GroupCommit.MOST_WRITES;

    private static final String MESSAGES = "/v1/messages";
    private static final long CHECK_MILLIS = 1_000;

    private final IngestionParts parts;
    private final String host;
    private final int port;
    private HttpServer server;
    private Router router;

    /** @param port 0 for any free one, which {@link #actualPort} then tells (one instance only) */
    public IngestionVerticle(IngestionParts parts, String host, int port) {
        this.parts = parts;
        this.host = host;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        ApiKeys keys = new ApiKeys(new ApiKeyStore(parts.acceptancePool()), parts.clock(), parts.meters()::refused);
        BodyReader bodies = bodies();
        TenantPermits permits = permits();
        SendRoute send = sendRoute(keys, bodies, permits);
        router = router(send, keys, permits, bodies);
        Handler<HttpServerRequest> entrance = CommonRoutes.entrance(router);
        IngestionBounds bounds = parts.bounds();
        ConnectionBounds connections = new ConnectionBounds(
                bounds.connections(), bounds.connectionsPerAddress(), bounds.bodyMillis() * 1_000_000);
        vertx.setPeriodic(CHECK_MILLIS, timer -> connections.closeSilent(System.nanoTime()));
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setIdleTimeout(bounds.idleSeconds())
                        .setHttp2ClearTextEnabled(false))
                .connectionHandler(connection -> connections.admit(connection, System.nanoTime()))
                .invalidRequestHandler(ProblemReply::ofUnreadable)
                .requestHandler(new Framing(request -> {
                    connections.requested(request, System::nanoTime);
                    if (HttpMethod.POST.equals(request.method()) && MESSAGES.equals(request.path())) {
                        send.serve(request);
                    } else {
                        entrance.handle(request);
                    }
                }));
        return server.listen();
    }

    @Override
    public Future<?> stop() {
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(parts.bounds().recordMillis(), TimeUnit.MILLISECONDS);
    }

    /** The port that is open. */
    public int actualPort() {
        return server.actualPort();
    }

    /** What it serves, for comparison with what its contract promises. */
    Router routes() {
        return router;
    }

    private SendRoute sendRoute(ApiKeys keys, BodyReader bodies, TenantPermits permits) {
        EnvelopeDecoder envelopes = envelopes();
        GroupCommit commits = new GroupCommit(
                vertx,
                new SubmissionStore(parts.acceptancePool()),
                parts.wakeUps(),
                parts.bounds(),
                parts.meters(),
                parts.clock()::nanoTime,
                parts.crashes());
        return new SendRoute(
                keys,
                bodies,
                new SendDecoder(envelopes, parts.directory()),
                envelopes,
                commits,
                new SubmissionStore(parts.pool()),
                permits,
                parts.ids(),
                parts.clock());
    }

    private Router router(SendRoute send, ApiKeys keys, TenantPermits permits, BodyReader bodies) {
        Router routes = Router.router(vertx);
        CommonRoutes.mount(routes, "Sluice send API", "send-openapi.yaml");
        routes.post(MESSAGES).handler(context -> send.serve(context.request()));
        Guard guard = new Guard(keys, KeyScope.SEND, permits);
        SubmissionReader submissions = new SubmissionReader(parts.pool(), parts.clock());
        SubmissionControl control = new SubmissionControl(parts.pool(), parts.wakeUps());
        new QueryRoutes(parts.pool(), submissions, control, parts.directory(), parts.lanes(), parts.clock())
                .mount(routes, guard);
        new CampaignRoutes(
                        parts.pool(),
                        submissions,
                        control,
                        envelopes(),
                        new PeopleUploads(
                                vertx,
                                keys,
                                parts.pool(),
                                envelopes(),
                                parts.bounds().uploadPlaces(),
                                parts.bounds().uploadStallMillis(),
                                new UploadWatch(parts.meters(), parts.crashes())),
                        bodies,
                        parts.ids())
                .mount(routes, guard);
        return routes;
    }

    private EnvelopeDecoder envelopes() {
        return new EnvelopeDecoder(parts.directory(), parts.adapters(), parts.clock());
    }

    private TenantPermits permits() {
        IngestionBounds bounds = parts.bounds();
        TenantPermits permits = new TenantPermits(
                bounds.requestsPerTenant(), bounds.turnMillis() * 1_000_000, System::nanoTime, parts.meters()::refused);
        vertx.setPeriodic(bounds.turnMillis() / 4, timer -> permits.expire());
        return permits;
    }

    private BodyReader bodies() {
        IngestionBounds bounds = parts.bounds();
        return new BodyReader(
                vertx, bounds.bodyBytes(), bounds.bodyMillis(), bounds.heldBytes(), parts.meters()::refused);
    }

    private record UploadWatch(IngestionMeters meters, CrashPoints crashes) implements PeopleUploads.Watch {
        @Override
        public void running(int more) {
            meters.uploading(more);
        }

        @Override
        public void refused(ProblemType type) {
            meters.refused(type);
        }

        @Override
        public void stored(int rows) {
            crashes.reached(CrashPoint.CAMPAIGN_CHUNK);
            meters.campaignRows(rows);
        }
    }
}
