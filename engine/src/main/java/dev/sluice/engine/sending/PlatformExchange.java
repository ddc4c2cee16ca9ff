package dev.sluice.engine.sending;

import dev.sluice.engine.channel.PlatformReply;
import dev.sluice.engine.channel.PlatformRequest;
import dev.sluice.engine.sending.PlatformResult.NoAnswer;
import dev.sluice.engine.sending.PlatformResult.NotSent;
import dev.sluice.engine.sending.PlatformResult.Replied;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.regex.Pattern;

/**
 * One request and its answer. Before {@link HttpClientRequest#send} is called every end is "not sent"; from then on every end but a whole answer is "no answer".
 * All fields belong to the event loop that made the call.
 */
final class PlatformExchange {
    private static final Pattern QUERY = Pattern.compile("\\?\\S*");

    private final Deadlines deadlines;
    private final PlatformClientOptions options;
    private final PlatformRequest request;
    private final BeforeWrite beforeWrite;
    private final Promise<PlatformResult> result;
    private final Runnable late = this::deadlinePassed;

    private HttpClientRequest written;
    private final Buffer body = Buffer.buffer();
    private boolean isOver;

    PlatformExchange(
            Deadlines deadlines,
            PlatformClientOptions options,
            PlatformRequest request,
            BeforeWrite beforeWrite,
            Promise<PlatformResult> result) {
        this.deadlines = deadlines;
        this.options = options;
        this.request = request;
        this.beforeWrite = beforeWrite;
        this.result = result;
        deadlines.begin(late);
    }

    /** A connection stands, or none could be had. */
    void connected(AsyncResult<HttpClientRequest> connection) {
        if (connection.failed()) {
            end(new NotSent("no connection: " + reason(connection.cause())));
            return;
        }
        // Failures come through the futures; without a handler Vert.x also logs them as errors.
        connection.result().exceptionHandler(failure -> {});
        String objection = isOver ? "its deadline passed" : beforeWrite.objection();
        if (objection.isEmpty()) {
            send(connection.result());
        } else {
            // Nothing was written, so the connection goes back as good as it came; the reset reports to the handler,
            // else to the log.
            connection.result().exceptionHandler(expected -> {});
            connection.result().reset();
            end(new NotSent(objection));
        }
    }

    private void send(HttpClientRequest connection) {
        request.headers().forEach(connection::putHeader);
        written = connection;
        Future<HttpClientResponse> answer;
        if (request.body() == null) {
            answer = connection.send();
        } else {
            connection.putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8");
            answer = connection.send(request.body());
        }
        answer.onComplete(this::headArrived);
    }

    private void headArrived(AsyncResult<HttpClientResponse> head) {
        if (head.failed()) {
            breakOff("no answer: " + reason(head.cause()));
            return;
        }
        HttpClientResponse response = head.result();
        response.exceptionHandler(broken -> breakOff("the answer broke off: " + reason(broken)));
        response.handler(this::bodyArrived);
        response.endHandler(
                whole -> end(new Replied(new PlatformReply(response.statusCode(), body, request.redaction()))));
    }

    private void bodyArrived(Buffer part) {
        if (isOver) {
            return;
        }
        if (body.length() + part.length() > options.mostReplyBytes()) {
            breakOff("the answer is longer than " + options.mostReplyBytes() + " bytes");
        } else {
            body.appendBuffer(part);
        }
    }

    private void deadlinePassed() {
        if (written == null) {
            end(new NotSent("no connection within the call's deadline"));
        } else {
            breakOff("no whole answer within " + options.deadlineMillis() + " ms");
        }
    }

    /** Ends without an answer, and ends the connection: what may still come on it is nobody's. */
    private void breakOff(String reason) {
        if (!isOver) {
            end(new NoAnswer(reason));
            written.connection().close();
        }
    }

    private void end(PlatformResult how) {
        if (!isOver) {
            isOver = true;
            deadlines.end(late);
            result.complete(how);
        }
    }

    /** The kind of failure and its text, which may quote the peer, without anything that looks like a query: that is where a token would stand. */
    private String reason(Throwable cause) {
        String kind = cause.getClass().getSimpleName();
        String text = cause.getMessage();
        return text == null
                ? kind
                : kind + ": " + request.redaction().of(QUERY.matcher(text).replaceAll("?…"));
    }
}
