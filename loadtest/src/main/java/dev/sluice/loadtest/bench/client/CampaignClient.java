package dev.sluice.loadtest.bench.client;

import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/** Campaigns over HTTP, as a tenant makes them. */
public final class CampaignClient {
    private final Vertx vertx;
    private final HttpClient http;
    private final int port;
    private final BenchTenant tenant;

    public CampaignClient(BenchNode node, BenchTenant tenant) {
        this.vertx = node.vertx();
        this.http = node.vertx().createHttpClient();
        this.port = node.httpPort();
        this.tenant = tenant;
    }

    /** Makes a draft with the people of a file, and gives its id. */
    public Future<String> store(String text, Path csv) {
        return create(text).compose(id -> upload(id, csv).map(id));
    }

    private Future<String> create(String text) {
        JsonObject body = new JsonObject()
                .put("name", text)
                .put("channel", tenant.channel())
                .put(
                        "content",
                        new JsonObject().put("msgtype", "text").put("text", new JsonObject().put("content", text)));
        return request(HttpMethod.POST, "/v1/campaigns", "application/json")
                .compose(request -> answer(request, request.send(body.toBuffer())))
                .map(made -> made.getString("id"));
    }

    private Future<JsonObject> upload(String id, Path csv) {
        return request(HttpMethod.PUT, "/v1/campaigns/" + id + "/people", "text/csv")
                .compose(request -> vertx.fileSystem()
                        .open(csv.toString(), new OpenOptions().setRead(true).setWrite(false))
                        .compose(file -> {
                            file.setReadBufferSize(1 << 16);
                            return answer(request, request.send(file));
                        }));
    }

    /** Lets it run. */
    public Future<JsonObject> start(String id) {
        return request(HttpMethod.POST, "/v1/campaigns/" + id + "/start", "application/json")
                .compose(request -> answer(request, request.send()));
    }

    private Future<HttpClientRequest> request(HttpMethod method, String uri, String type) {
        return http.request(new RequestOptions()
                        .setMethod(method)
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI(uri))
                .map(request -> request.putHeader(HttpHeaders.CONTENT_TYPE, type)
                        .putHeader(
                                HttpHeaders.AUTHORIZATION,
                                "Bearer " + tenant.key().reveal()));
    }

    private static Future<JsonObject> answer(
            HttpClientRequest request, Future<io.vertx.core.http.HttpClientResponse> sent) {
        return sent.compose(response -> response.body()
                .compose(body -> response.statusCode() < 300
                        ? Future.succeededFuture(json(body))
                        : Future.failedFuture(request.getURI() + ": " + response.statusCode() + " " + body)));
    }

    private static JsonObject json(Buffer body) {
        return body.length() == 0 ? new JsonObject() : body.toJsonObject();
    }
}
