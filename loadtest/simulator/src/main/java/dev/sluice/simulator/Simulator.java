package dev.sluice.simulator;

import dev.sluice.simulator.clock.PlatformClock;
import dev.sluice.simulator.control.ControlRoutes;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.fault.Faults;
import dev.sluice.simulator.http.Front;
import dev.sluice.simulator.ledger.Ledger;
import dev.sluice.simulator.limit.MonthMeter;
import dev.sluice.simulator.settings.LimitSettings;
import dev.sluice.simulator.token.Tokens;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;

/**
 * A running stand-in for the DingTalk platform: both of its hosts and the control API on one port.
 *
 * <p>Everything that an accessor gives may be used from any thread while calls come in.
 */
public final class Simulator {
    private final Vertx vertx;
    private final SimulatorOptions options;
    private final Platform platform;
    private final Listener listener;
    private String deploymentId = "";

    private Simulator(Vertx vertx, SimulatorOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.platform = new Platform(options);
        this.listener = new Listener();
    }

    /** Starts listening; fails if the address is taken. */
    public static Future<Simulator> start(Vertx vertx, SimulatorOptions options) {
        Simulator simulator = new Simulator(vertx, options);
        return vertx.deployVerticle(simulator.listener).map(id -> {
            simulator.deploymentId = id;
            return simulator;
        });
    }

    /** One event loop that owns all state. */
    private final class Listener extends VerticleBase {
        private HttpServer server;
        private Context loop;

        @Override
        public Future<?> start() {
            loop = context;
            HttpServerOptions serverOptions = new HttpServerOptions()
                    .setHost(options.host())
                    .setPort(options.port())
                    .setTcpNoDelay(true);
            server = vertx.createHttpServer(serverOptions).requestHandler(handler());
            return server.listen();
        }

        private Handler<HttpServerRequest> handler() {
            Front front = platform.front(vertx);
            Handler<HttpServerRequest> control = ControlRoutes.create(vertx, platform.controlled());
            return request -> (request.path().startsWith(ControlRoutes.ROOT) ? control : front).handle(request);
        }
    }

    public int port() {
        return listener.server.actualPort();
    }

    /** Base of both API families and of the control API, without a slash at the end. */
    public URI baseUri() {
        return URI.create("http://" + options.host() + ":" + port());
    }

    /** Organisations, apps, robots, people. */
    public Directory directory() {
        return platform.directory;
    }

    /** The limits in force. */
    public LimitSettings limits() {
        return platform.limits;
    }

    /** Scripted trouble. */
    public Faults faults() {
        return platform.faults;
    }

    /** The platform's time. */
    public PlatformClock clock() {
        return platform.clock;
    }

    /** Monthly metered calls; also the way to spend some as somebody else. */
    public MonthMeter month() {
        return platform.month;
    }

    /** Access tokens; also the way to revoke one. */
    public Tokens tokens() {
        return platform.tokens;
    }

    /** What arrived, and what became of it. */
    public Ledger ledger() {
        return platform.ledger;
    }

    /** Forgets what happened, faults included; organisations, apps, people, limits and the clock stay. */
    public Future<Void> reset() {
        Promise<Void> done = Promise.promise();
        listener.loop.runOnContext(ignored -> {
            platform.forget();
            done.complete();
        });
        return done.future();
    }

    /** Stops listening. */
    public Future<Void> close() {
        return vertx.undeploy(deploymentId);
    }
}
