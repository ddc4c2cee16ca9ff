package dev.sluice.loadtest.bench.client;

import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import dev.sluice.loadtest.bench.stage.PeopleFile;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Who sends single messages as fast as answers come: whole requests, made before. */
public final class SingleSends {
    public static final int CONNECTIONS = 256;
    private static final int DIFFERENT_REQUESTS = 10_000;

    private SingleSends() {}

    /**
     * A client with one person a request.
     *
     * @param port of the send API, or of what it is compared with
     * @param tenant through whose channel
     */
    public static LoadClient client(BenchNode node, int port, BenchTenant tenant) {
        List<Buffer> requests = new ArrayList<>(DIFFERENT_REQUESTS);
        for (int i = 1; i <= DIFFERENT_REQUESTS; i++) {
            requests.add(request(tenant, PeopleFile.user(i)));
        }
        LoadClient client = new LoadClient(port, CONNECTIONS, requests);
        BenchNode.await(node.vertx().deployVerticle(client));
        return client;
    }

    private static Buffer request(BenchTenant tenant, String recipient) {
        String body =
                "{\"channel\":\"%s\",\"to\":\"%s\",\"content\":{\"msgtype\":\"text\",\"text\":{\"content\":\"db-17 is full\"}}}"
                        .formatted(tenant.channel(), recipient);
        return Buffer.buffer(
                "POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(tenant.key().reveal(), body.length(), body));
    }
}
