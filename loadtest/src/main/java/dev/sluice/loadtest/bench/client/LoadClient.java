package dev.sluice.loadtest.bench.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Keep-alive connections on one event loop that write ready-made requests and read answers, one at a time each. It does as little as a client can, since it shares
 * the cores with what it measures. They are opened before each load and closed after it: a server ends those that rest for long.
 */
public final class LoadClient extends VerticleBase {
    private static final long TICK_MILLIS = 1;
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final int port;
    private final int count;
    private final List<Buffer> requests;
    private final List<LoadConnection> connections = new ArrayList<>();
    private final ArrayDeque<LoadConnection> idle = new ArrayDeque<>();
    private final ArrayDeque<Long> dueNanos = new ArrayDeque<>();
    private NetClient net;
    private LoadPlan plan;
    private Histogram latencies;
    private long startedNanos;
    private long refused;
    private long scheduled;
    private int next;
    private long ticker;
    private Promise<LoadResult> result;

    /**
     * @param port of the server on loopback
     * @param count connections
     * @param requests whole requests, taken in turn
     */
    LoadClient(int port, int count, List<Buffer> requests) {
        this.port = port;
        this.count = count;
        this.requests = requests;
    }

    @Override
    public Future<?> start() {
        net = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return net.close();
    }

    /** Makes a load; from any thread, one at a time. */
    public Future<LoadResult> run(LoadPlan load) {
        Promise<LoadResult> done = Promise.promise();
        context.runOnContext(here -> {
            result = done;
            open().onSuccess(opened -> begin(load)).onFailure(done::fail);
        });
        return done.future();
    }

    private Future<?> open() {
        List<Future<?>> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(net.connect(port, "127.0.0.1").onSuccess(this::add));
        }
        return Future.all(opened);
    }

    private void add(NetSocket socket) {
        LoadConnection connection = new LoadConnection(socket, this::answered);
        connections.add(connection);
        socket.closeHandler(closed -> lost(connection));
    }

    private void lost(LoadConnection connection) {
        if (connection.busy()) {
            result.tryFail(new IllegalStateException("the server closed a connection instead of answering"));
        }
    }

    private void begin(LoadPlan load) {
        plan = load;
        latencies = new Histogram(LONGEST_NANOS, 3);
        refused = 0;
        scheduled = 0;
        dueNanos.clear();
        idle.clear();
        startedNanos = System.nanoTime();
        vertx.setTimer(load.seconds() * 1_000L, over -> finish());
        if (load.perSecond() > 0) {
            idle.addAll(connections);
            ticker = vertx.setPeriodic(TICK_MILLIS, tick -> arrive());
        } else {
            connections.forEach(connection -> send(connection, System.nanoTime()));
        }
    }

    /** Puts what should have started by now in line, the first at the very start: whoever starts late has waited. */
    private void arrive() {
        long nowNanos = System.nanoTime();
        for (long due = nextDueNanos(); due <= nowNanos; due = nextDueNanos()) {
            dueNanos.add(due);
            scheduled++;
        }
        while (!dueNanos.isEmpty() && !idle.isEmpty()) {
            send(idle.poll(), dueNanos.poll());
        }
    }

    private long nextDueNanos() {
        return startedNanos + (long) (scheduled * 1e9 / plan.perSecond());
    }

    private void send(LoadConnection connection, long intendedNanos) {
        connection.send(requests.get(next), intendedNanos);
        next = next + 1 == requests.size() ? 0 : next + 1;
    }

    private void answered(LoadConnection connection, boolean good) {
        if (plan == null) {
            return;
        }
        long nowNanos = System.nanoTime();
        note(nowNanos - connection.intendedNanos());
        refused += good ? 0 : 1;
        if (plan.perSecond() == 0) {
            send(connection, nowNanos);
        } else if (dueNanos.isEmpty()) {
            idle.add(connection);
        } else {
            send(connection, dueNanos.poll());
        }
    }

    private void note(long tookNanos) {
        latencies.recordValue(Math.min(tookNanos, LONGEST_NANOS));
    }

    private void finish() {
        long nowNanos = System.nanoTime();
        double seconds = (nowNanos - startedNanos) / 1e9;
        if (plan.perSecond() > 0) {
            vertx.cancelTimer(ticker);
            // Without them a rate that cannot be kept up with would look better than it is.
            dueNanos.forEach(due -> note(nowNanos - due));
            connections.stream()
                    .filter(LoadConnection::busy)
                    .forEach(connection -> note(nowNanos - connection.intendedNanos()));
        }
        plan = null;
        LoadResult measured = new LoadResult(latencies, refused, seconds);
        drain(measured);
    }

    /** What is on its way is answered before the load is over. Of a load that failed nothing is waited for. */
    private void drain(LoadResult measured) {
        if (result.future().isComplete() || connections.stream().noneMatch(LoadConnection::busy)) {
            connections.forEach(LoadConnection::close);
            connections.clear();
            result.tryComplete(measured);
        } else {
            vertx.setTimer(10, again -> drain(measured));
        }
    }
}
