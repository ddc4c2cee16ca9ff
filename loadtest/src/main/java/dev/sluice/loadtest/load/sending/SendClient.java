package dev.sluice.loadtest.load.sending;

import dev.sluice.loadtest.client.Promised;
import dev.sluice.loadtest.load.sending.Sent.Answer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Posts messages as a careful client does: what is refused for now, or not answered, is asked again at the next node with the same idempotency key. A request
 * that finds all connections busy waits in line, and its latency grows. For one event loop.
 */
final class SendClient {
    /** Of each node; the engine commits in groups, so more connections mean larger groups, not more work. */
    private static final int CONNECTIONS = 256;
    /** Beyond it the client itself gives up: the run is far over what the machine does. */
    private static final int MOST_WAITING = 200_000;

    private static final long ANSWER_MILLIS = 15_000;
    private static final int MOST_ANSWER_BYTES = 1_000_000;
    /** Attempts of a request that brings nothing new: it is not worth minutes. */
    private static final int MOST_REPEATS = 5;

    private static final long PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final Vertx vertx;
    private final List<URI> nodes;
    private final int attempts;
    private final HttpClient http;
    private int turn;
    private boolean over;

    /**
     * @param nodes base addresses, asked in turn
     * @param attempts of one request
     */
    SendClient(Vertx vertx, List<URI> nodes, int attempts) {
        this.vertx = vertx;
        this.nodes = nodes;
        this.attempts = attempts;
        this.http = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setTcpNoDelay(true).setConnectTimeout(2_000))
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(MOST_WAITING))
                // The requests on it fail too, and are asked again: nobody needs to read it in a log as well.
                .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
                .build();
    }

    /**
     * How a request ended.
     *
     * @param id empty when it was not accepted
     * @param last whether asking again would bring nothing else
     */
    record Reply(Answer answer, String id, boolean last) {
        private static final Reply NONE = new Reply(Answer.NONE, "", false);
        private static final Reply NOT_NOW = new Reply(Answer.REFUSED, "", false);
        private static final Reply NEVER = new Reply(Answer.REFUSED, "", true);
    }

    /** Sends it, again if need be; never fails. */
    Future<Reply> send(Outgoing request) {
        return send(request, attempts);
    }

    /** Sends what was accepted once more. */
    Future<Reply> repeat(Outgoing request) {
        return send(request, Math.min(attempts, MOST_REPEATS));
    }

    private Future<Reply> send(Outgoing request, int most) {
        Promise<Reply> ended = Promise.promise();
        attempt(request, 1, most, Reply.NOT_NOW, ended);
        return ended.future();
    }

    /** What is under way ends without an answer, and nothing is asked again. */
    void giveUp() {
        over = true;
        http.close();
    }

    /**
     * @param known what became of it so far: where an attempt before got no answer, nobody knows, and no refusal of a later one tells
     */
    private void attempt(Outgoing request, int attempt, int most, Reply known, Promise<Reply> ended) {
        if (over) {
            ended.complete(Reply.NONE);
            return;
        }
        once(request).onComplete(result -> {
            Reply reply = result.succeeded() ? result.result() : Reply.NONE;
            Reply now = reply.answer() == Answer.REFUSED && known.answer() == Answer.NONE ? known : reply;
            if (reply.last() || over || attempt >= most) {
                ended.complete(now);
            } else {
                long pause = Math.min(LONGEST_PAUSE_MILLIS, PAUSE_MILLIS * attempt);
                vertx.setTimer(pause, again -> attempt(request, attempt + 1, most, now, ended));
            }
        });
    }

    private Future<Reply> once(Outgoing request) {
        URI node = nodes.get(Math.floorMod(turn++, nodes.size()));
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(node.getHost())
                .setPort(node.getPort() < 0 ? ("https".equals(node.getScheme()) ? 443 : 80) : node.getPort())
                .setSsl("https".equals(node.getScheme()))
                .setURI("/v1/messages")
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(
                        HttpHeaders.AUTHORIZATION, "Bearer " + request.tenant().key())
                .putHeader("Idempotency-Key", request.idempotencyKey());
        return http.request(options).compose(call -> reply(call, request.body()));
    }

    /** The limit is one of the whole answer: an idle timeout begins again with every byte. */
    private static Future<Reply> reply(HttpClientRequest call, Buffer request) {
        return call.send(request)
                .compose(response -> body(response).map(body -> reply(response, body)))
                .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                .onFailure(unanswered -> call.reset());
    }

    /** One that is longer than ours ever are is not read to its end. */
    private static Future<Buffer> body(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            body.appendBuffer(part);
            if (body.length() > MOST_ANSWER_BYTES) {
                response.request().reset();
            }
        });
        return response.end().map(body);
    }

    /** Fails where the answer is not what the API promises: then nobody knows, and it is asked again. */
    private static Reply reply(HttpClientResponse response, Buffer body) {
        int status = response.statusCode();
        if (status == 202) {
            return new Reply(Answer.ACCEPTED, Promised.id(body.toJsonObject(), "id"), true);
        }
        boolean forNow = status == 409 || status == 429 || status >= 500;
        return forNow ? Reply.NOT_NOW : Reply.NEVER;
    }

    Future<Void> close() {
        return http.close();
    }
}
