package dev.sluice.engine.store;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what is notified on a channel of Postgres, over a connection of its own. Nobody speaks on one that only listens, so it asks something now and then: when
 * nothing is answered it is dropped as those of {@link PgPools} are, and whenever it is gone another one follows. What was notified in between nobody hears; whoever
 * listens is told when it begins to listen, and looks by itself then. Its words come on the context on which it was started.
 */
public final class PgListener {
    private static final Logger log = LoggerFactory.getLogger(PgListener.class);
    private static final long RECONNECT_MILLIS = 1_000;
    private static final String SIGN_OF_LIFE = "SELECT 1";
    /** Signs of life in the time of silence after which a connection is dropped: one that is late drops nothing. */
    private static final int SIGNS = 3;

    private final Vertx vertx;
    private final PgConnectOptions server;
    private final PgTimeouts timeouts;
    private final String channel;
    private final Runnable listening;
    private final Consumer<String> heard;
    private Context home;
    private Pool pool;
    private long signs = -1;
    /** Whether another connection will follow in a moment. */
    private boolean planned;

    private volatile boolean closed;

    /**
     * Connects to nothing yet.
     *
     * @param channel an identifier
     * @param listening called whenever it begins to listen, the first time too
     * @param heard gets what is notified
     */
    public PgListener(
            Vertx vertx,
            PgConnectOptions server,
            PgTimeouts timeouts,
            String channel,
            Runnable listening,
            Consumer<String> heard) {
        this.vertx = vertx;
        this.server = server;
        this.timeouts = timeouts;
        this.channel = channel;
        this.listening = listening;
        this.heard = heard;
    }

    /** Begins to listen; fails when Postgres cannot be reached. */
    public Future<Void> start() {
        home = vertx.getOrCreateContext();
        pool = PgPools.create(vertx, server, timeouts, channel, 1, 1);
        return listen();
    }

    /** Listens no more. */
    public Future<Void> close() {
        closed = true;
        return pool == null ? Future.succeededFuture() : pool.close();
    }

    private Future<Void> listen() {
        return pool.getConnection().map(PgConnection::cast).compose(connection -> {
            connection.notificationHandler(said -> atHome(() -> heard.accept(said.getPayload())));
            connection.closeHandler(gone -> atHome(this::lost));
            // Nobody waits for an answer here, and without a handler its words would be printed beside the log.
            connection.exceptionHandler(word -> log.debug("On the connection that listens to {}: {}", channel, word));
            return connection
                    .query("LISTEN " + channel)
                    .execute()
                    .onSuccess(done -> atHome(() -> listensThrough(connection)))
                    .onFailure(trouble -> connection.close())
                    .mapEmpty();
        });
    }

    private void listensThrough(PgConnection connection) {
        if (!closed) {
            signs = vertx.setPeriodic(
                    timeouts.answerMillis() / SIGNS,
                    time -> connection.query(SIGN_OF_LIFE).execute());
            listening.run();
        }
    }

    private void lost() {
        vertx.cancelTimer(signs);
        if (!closed) {
            log.info("The connection that listens to {} is gone: another one follows", channel);
            listenAgain();
        }
    }

    private void listenAgain() {
        if (planned) {
            return;
        }
        planned = true;
        vertx.setTimer(RECONNECT_MILLIS, rested -> {
            planned = false;
            if (!closed) {
                listen().onFailure(trouble -> atHome(this::listenAgain));
            }
        });
    }

    private void atHome(Runnable what) {
        home.runOnContext(here -> what.run());
    }
}
