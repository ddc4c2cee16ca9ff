package dev.sluice.loadtest.client;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** One of the engine's APIs as a user calls it: JSON over HTTP with a key. Blocks; for plain and virtual threads. */
public final class ApiClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(30);

    private final HttpClient http;
    private final URI base;
    private final String key;

    /**
     * @param http lent
     * @param base without a path
     * @param key sent as a bearer token
     */
    public ApiClient(HttpClient http, URI base, String key) {
        this.http = http;
        this.base = base;
        this.key = key;
    }

    /** Reads something. */
    public JsonObject get(String path) {
        return send(request(path).GET());
    }

    /** Makes or does something. */
    public JsonObject post(String path, JsonObject body) {
        return send(request(path).header("Content-Type", "application/json").POST(json(body)));
    }

    /** Streams a people file; a large one takes minutes. */
    public JsonObject upload(String path, Path csv) {
        try {
            return send(request(path)
                    .timeout(UPLOAD_TIMEOUT)
                    .header("Content-Type", "text/csv")
                    .PUT(BodyPublishers.ofFile(csv)));
        } catch (FileNotFoundException e) {
            throw ApiFailure.unanswered(csv + " is gone");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).header("Authorization", "Bearer " + key);
    }

    private static BodyPublisher json(JsonObject body) {
        return BodyPublishers.ofString(body.encode());
    }

    private JsonObject send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        String what = request.method() + " " + request.uri().getPath();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw ApiFailure.refused(what, answer.statusCode(), answer.body());
            }
            return new JsonObject(answer.body());
        } catch (DecodeException otherServer) {
            throw ApiFailure.unanswered(what + " was answered with what is no JSON");
        } catch (IOException e) {
            throw ApiFailure.unanswered(what + " was not answered: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiFailure.unanswered(what + " was interrupted");
        }
    }
}
