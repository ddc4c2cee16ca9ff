package dev.sluice.engine.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts connections, in all and by client address, and closes those that are too many. Closes those, too, on which no request is in work for too long: who sends
 * one byte of a header every few seconds is never idle, and would keep its place for days. One event loop.
 */
public final class ConnectionBounds {
    private final int most;
    private final int mostPerAddress;
    private final long silenceNanos;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private final Map<HttpConnection, Work> open = new HashMap<>();

    /**
     * @param most connections in all; further ones are closed at once
     * @param mostPerAddress the same of one client address
     * @param silenceNanos that a connection may last without a request in work
     */
    public ConnectionBounds(int most, int mostPerAddress, long silenceNanos) {
        this.most = most;
        this.mostPerAddress = mostPerAddress;
        this.silenceNanos = silenceNanos;
    }

    /** A connection has opened. */
    public void admit(HttpConnection connection, long nowNanos) {
        String address = ClientAddress.of(connection.remoteAddress());
        open.put(connection, new Work(nowNanos));
        int ofAddress = byAddress.merge(address, 1, Integer::sum);
        connection.closeHandler(closed -> {
            open.remove(connection);
            byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        });
        if (open.size() > most || ofAddress > mostPerAddress) {
            connection.close();
        }
    }

    /** A request has arrived; it is in work until its answer has ended or its connection has. */
    public void requested(HttpServerRequest request, LongSupplier nanoTime) {
        Work work = open.get(request.connection());
        if (work != null) {
            work.requests++;
            request.response().endHandler(ended -> {
                work.requests--;
                work.sinceNanos = nanoTime.getAsLong();
            });
        }
    }

    /** Closes the connections that have waited too long for a whole request. */
    public void closeSilent(long nowNanos) {
        List<HttpConnection> silent = new ArrayList<>(0);
        open.forEach((connection, work) -> {
            if (work.requests == 0 && nowNanos - work.sinceNanos > silenceNanos) {
                silent.add(connection);
            }
        });
        silent.forEach(HttpConnection::close);
    }

    /** Of one connection: requests in work, and since when there has been none. */
    private static final class Work {
        int requests;
        long sinceNanos;

        Work(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }
}
