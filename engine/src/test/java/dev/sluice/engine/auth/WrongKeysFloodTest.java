package dev.sluice.engine.auth;

import static dev.sluice.engine.ingestion.SendApi.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.ingestion.SendApi;
import dev.sluice.engine.ingestion.SendApiExtension;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody tries keys, and everybody has his address: they are behind one proxy. */
@ExtendWith({PostgresExtension.class, SendApiExtension.class})
class WrongKeysFloodTest {
    private SendApi api;

    @BeforeEach
    void start(SendApi started) {
        api = started;
    }

    @Test
    void whoHasARightKeyGetsInThoughItWasNeverSeenBefore() {
        TestWaiting.until(
                TestWaiting.PATIENCE,
                () -> ask("Bearer wrong").statusCode() == 429,
                () -> "the address may try for ever");
        HttpResponse<Buffer> refused = ask("Bearer wrong");
        assertThat(Integer.parseInt(refused.getHeader("Retry-After"))).isBetween(1, 60);
        assertThat(ask("Bearer " + api.keys.get(1)).statusCode()).isEqualTo(200);
        String guess = ApiKey.generate(new SecureRandom()).reveal();
        assertThat(ask("Bearer " + guess).statusCode()).isEqualTo(429);
    }

    private HttpResponse<Buffer> ask(String authorization) {
        return await(api.request(HttpMethod.GET, "/v1/campaigns", 1)
                .putHeader("Authorization", authorization)
                .send());
    }
}
