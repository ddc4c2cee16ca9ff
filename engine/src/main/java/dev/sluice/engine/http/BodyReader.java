package dev.sluice.engine.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Collects request bodies up to a size and within a time, and holds no more bytes in all, and of one tenant, than a bound: a body counts until its request has been
 * answered, so that slow commits cannot fill the memory and whoever never ends a body leaves room for the others. An idle timeout alone is beaten by one byte every few seconds, so the whole body has a deadline; one timer serves all
 * requests of a verticle. One event loop.
 */
public final class BodyReader {
    private static final long CHECK_MILLIS = 1_000;
    private static final int RETRY_SECONDS = 1;

    private final int mostBytes;
    private final long withinNanos;
    private final TenantShares heldBytes;
    private final Consumer<ProblemType> refused;
    /** Bodies that have not ended, oldest first. */
    private final Set<Reading> open = new LinkedHashSet<>();

    /**
     * @param mostBytes of one body; more is 413
     * @param withinMillis for one body to arrive; more is 408
     * @param heldBytes of all bodies of requests that are not answered; more is 503, more of one tenant 429
     * @param refused told of each that found no room
     */
    public BodyReader(
            Vertx vertx, int mostBytes, long withinMillis, TenantShares heldBytes, Consumer<ProblemType> refused) {
        this.mostBytes = mostBytes;
        this.withinNanos = withinMillis * 1_000_000;
        this.heldBytes = heldBytes;
        this.refused = refused;
        vertx.setPeriodic(CHECK_MILLIS, timer -> expire(System.nanoTime()));
    }

    /**
     * Reads the whole body and works on it; its bytes are held until the work is done. Must be called while the body cannot flow yet: in the turn in which the
     * request arrived, or while it is paused.
     *
     * @param tenantId whose request it is
     * @return what the work gives; fails with 413, 408, 429 or 503 when there is nothing to work on
     */
    public <T> Future<T> with(HttpServerRequest request, long tenantId, Function<Buffer, Future<T>> work) {
        Reading reading = read(request, tenantId);
        return reading.whole.future().compose(work).onComplete((AsyncResult<T> done) -> {
            heldBytes.giveBack(tenantId, reading.countedBytes);
            reading.countedBytes = 0;
        });
    }

    private Reading read(HttpServerRequest request, long tenantId) {
        Reading reading = new Reading(request, tenantId, Promise.promise(), Buffer.buffer(), System.nanoTime());
        open.add(reading);
        if (declaredLength(request) > mostBytes) {
            fail(reading, ProblemType.TOO_LARGE, "The body may have " + mostBytes + " bytes.");
            return reading;
        }
        request.handler(chunk -> take(reading, chunk));
        request.exceptionHandler(broken -> fail(reading, ProblemType.MALFORMED_REQUEST, "The request broke off."));
        request.endHandler(end -> {
            open.remove(reading);
            reading.whole.tryComplete(reading.body);
        });
        Invitation.send(request);
        return reading;
    }

    private void take(Reading reading, Buffer chunk) {
        if (reading.body.length() + chunk.length() > mostBytes) {
            fail(reading, ProblemType.TOO_LARGE, "The body may have " + mostBytes + " bytes.");
            return;
        }
        switch (heldBytes.take(reading.tenantId, chunk.length())) {
            case FULL -> refuse(reading, ProblemType.UNAVAILABLE, "More is being read than this node holds.");
            case TENANT_FULL ->
                refuse(
                        reading,
                        ProblemType.TOO_MANY_REQUESTS,
                        "More of this tenant is being read than its share of what this node holds.");
            case FREE -> {
                reading.body.appendBuffer(chunk);
                reading.countedBytes += chunk.length();
            }
        }
    }

    private void refuse(Reading reading, ProblemType type, String detail) {
        refused.accept(type);
        fail(reading, type, detail, RETRY_SECONDS);
    }

    /** All at once, since the end of one may begin another. */
    private void expire(long nowNanos) {
        List<Reading> late = open.stream()
                .takeWhile(reading -> nowNanos - reading.startedNanos >= withinNanos)
                .toList();
        late.forEach(reading -> fail(reading, ProblemType.REQUEST_TIMEOUT, "The body did not arrive in time."));
    }

    private void fail(Reading reading, ProblemType type, String detail) {
        fail(reading, type, detail, ProblemException.NO_RETRY);
    }

    /** What still arrives is thrown away; the connection ends with the answer. */
    private void fail(Reading reading, ProblemType type, String detail, int retrySeconds) {
        open.remove(reading);
        reading.request.handler(chunk -> {});
        reading.request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        reading.whole.tryFail(new ProblemException(type, detail, retrySeconds));
    }

    private static long declaredLength(HttpServerRequest request) {
        String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return declared == null ? 0 : Long.parseLong(declared);
        } catch (NumberFormatException notOne) {
            return Long.MAX_VALUE;
        }
    }

    /** Identity counts, not content: a plain class. */
    private static final class Reading {
        final HttpServerRequest request;
        final long tenantId;
        final Promise<Buffer> whole;
        final Buffer body;
        final long startedNanos;
        int countedBytes;

        Reading(HttpServerRequest request, long tenantId, Promise<Buffer> whole, Buffer body, long startedNanos) {
            this.request = request;
            this.tenantId = tenantId;
            this.whole = whole;
            this.body = body;
            this.startedNanos = startedNanos;
        }
    }
}
