package dev.sluice.loadtest.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One of the engine's APIs as a user calls it: JSON over HTTP with a key. What is not done is an {@link ApiFailure}. Blocks; for plain and virtual threads. */
public final class ApiClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(30);
    /** The longest of ours is a page of deliveries, far below a megabyte. */
    private static final long MOST_ANSWER_BYTES = 8_000_000;

    private final HttpClient http;
    private final URI base;
    private final String key;
    private final Duration limit;

    /**
     * @param http lent
     * @param base without a path
     * @param key sent as a bearer token
     */
    public ApiClient(HttpClient http, URI base, String key) {
        this(http, base, key, TIMEOUT);
    }

    ApiClient(HttpClient http, URI base, String key, Duration limit) {
        this.http = http;
        this.base = base;
        this.key = key;
        this.limit = limit;
    }

    /** Reads something. */
    public JsonObject get(String path) {
        return send(request(path).GET(), limit);
    }

    /** Makes or does something. */
    public JsonObject post(String path, JsonObject body) {
        return send(request(path).header("Content-Type", "application/json").POST(json(body)), limit);
    }

    /** Streams a people file; a large one takes minutes. */
    public JsonObject upload(String path, Path csv) {
        try {
            return send(
                    request(path).header("Content-Type", "text/csv").PUT(BodyPublishers.ofFile(csv)), UPLOAD_TIMEOUT);
        } catch (FileNotFoundException e) {
            throw ApiFailure.unanswered(csv + " is gone");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + key);
    }

    private static BodyPublisher json(JsonObject body) {
        return BodyPublishers.ofString(body.encode());
    }

    private JsonObject send(HttpRequest.Builder builder, Duration longest) {
        HttpRequest request = builder.build();
        String what = request.method() + " " + request.uri().getPath();
        HttpResponse<String> answer = answer(request, what, longest);
        if (answer.statusCode() >= 300) {
            // A server that is none of ours may say what it was asked, headers and all.
            throw ApiFailure.refused(what, answer.statusCode(), answer.body().replace(key, "..."));
        }
        try {
            return new JsonObject(answer.body());
        } catch (DecodeException otherServer) {
            throw ApiFailure.unexpected(what + " was answered with what is no JSON object");
        }
    }

    /** The limit is one of the whole answer: the time of a {@link HttpRequest} is over with the headers. */
    private HttpResponse<String> answer(HttpRequest request, String what, Duration longest) {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request, head -> new BoundedText(MOST_ANSWER_BYTES));
        try {
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw ApiFailure.unanswered("%s had no whole answer after %d s".formatted(what, longest.toSeconds()));
        } catch (ExecutionException e) {
            throw failure(what, e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw ApiFailure.unanswered(what + " was interrupted");
        }
    }

    private static ApiFailure failure(String what, Throwable cause) {
        return cause instanceof BoundedText.TooLong
                ? ApiFailure.unexpected(what + " was answered with more than anybody reads")
                : ApiFailure.unanswered("%s was not answered: %s"
                        .formatted(what, Objects.requireNonNullElse(cause.getMessage(), "no connection")));
    }
}
