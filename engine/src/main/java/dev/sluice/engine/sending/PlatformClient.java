package dev.sluice.engine.sending;

import dev.sluice.engine.channel.PlatformRequest;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections to the platforms. A client belongs to the event loop on which it was made: there every call is checked, written and answered, so no other
 * thread comes between the check before the write and the write. Calls from elsewhere are moved there; their results are completed there. Never follows a redirect,
 * never decompresses, never sends anything twice.
 */
public final class PlatformClient {
    private final Context home;
    private final PlatformAddresses addresses;
    private final PlatformClientOptions options;
    private final Deadlines deadlines;
    private final HttpClientAgent http;

    /**
     * Opens nothing yet; {@link #close} ends what calls opened.
     *
     * @param clock its monotonic time
     */
    public PlatformClient(Vertx vertx, PlatformAddresses addresses, PlatformClientOptions options, EngineClock clock) {
        this.home = vertx.getOrCreateContext();
        this.addresses = addresses;
        this.options = options;
        this.deadlines = new Deadlines(vertx, clock, options.deadlineMillis());
        this.http = vertx.httpClientBuilder()
                .with(httpOptions(options))
                .with(new PoolOptions()
                        .setHttp1MaxSize(options.connectionsPerHost())
                        .setMaxWaitQueueSize(options.mostWaiting()))
                .build();
    }

    private static HttpClientOptions httpOptions(PlatformClientOptions options) {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout(Math.toIntExact(options.connectTimeoutMillis()))
                .setSslHandshakeTimeout(options.connectTimeoutMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAlive(true)
                .setKeepAliveTimeout(options.keepAliveSeconds())
                .setPipelining(false)
                .setTcpNoDelay(true)
                .setVerifyHost(true)
                .setDecompressionSupported(false)
                .setMaxRedirects(0);
    }

    /**
     * Makes a call.
     *
     * @param beforeWrite asked right before the write; an objection means that nothing is sent
     * @return what became of it, at the latest after the deadline; never fails
     */
    public Future<PlatformResult> call(PlatformRequest request, BeforeWrite beforeWrite) {
        Promise<PlatformResult> result = Promise.promise();
        if (home.equals(Vertx.currentContext())) {
            exchange(request, beforeWrite, result);
        } else {
            home.runOnContext(moved -> exchange(request, beforeWrite, result));
        }
        return result.future();
    }

    private void exchange(PlatformRequest request, BeforeWrite beforeWrite, Promise<PlatformResult> result) {
        PlatformExchange exchange = new PlatformExchange(deadlines, options, request, beforeWrite, result);
        http.request(requestOptions(request)).onComplete(exchange::connected);
    }

    /** Makes a call that nothing can make obsolete. */
    public Future<PlatformResult> call(PlatformRequest request) {
        return call(request, BeforeWrite.ALWAYS);
    }

    /** Closes the connections; calls in flight end without an answer. */
    public Future<Void> close() {
        return http.close();
    }

    private RequestOptions requestOptions(PlatformRequest request) {
        PlatformAddresses.Address address = addresses.of(request.family());
        return new RequestOptions()
                .setMethod(request.method())
                .setHost(address.host())
                .setPort(address.port())
                .setSsl(address.isTls())
                .setURI(address.pathPrefix() + request.path() + encoded(request.query()))
                .setConnectTimeout(options.connectTimeoutMillis())
                .setFollowRedirects(false);
    }

    private static String encoded(Map<String, String> query) {
        StringBuilder uri = new StringBuilder();
        query.forEach((name, value) -> uri.append(uri.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return uri.toString();
    }
}
