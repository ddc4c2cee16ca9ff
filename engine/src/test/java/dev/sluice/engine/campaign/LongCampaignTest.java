package dev.sluice.engine.campaign;

import static dev.sluice.engine.ingestion.SendApi.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.ingestion.SendApi;
import dev.sluice.engine.ingestion.SendApiExtension;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(PostgresExtension.class)
class LongCampaignTest {
    /** A second of silence is to a million and a half what the usual fifteen are to many millions. */
    @RegisterExtension
    static final SendApiExtension SEND_API = SendApiExtension.with(Map.of("idleSeconds", 1));

    private static final int STORED = 1_500_000;

    @Test
    void anUploadGoesOnBehindMorePeopleThanCanBeReadBeforeItsConnectionIsTakenForDead(
            SendApi api, TestDatabase database) {
        String id = await(api.request(HttpMethod.POST, "/v1/campaigns", 1)
                        .sendJsonObject(new JsonObject()
                                .put("name", "spring")
                                .put("channel", "work")
                                .put("content", SendApi.content("hello"))))
                .bodyAsJsonObject()
                .getString("id");
        database.execute("""
                INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient)
                SELECT tenant_id, id, n, channel_id, 'person-' || n FROM submission, generate_series(0, %1$d - 1) n;
                UPDATE submission SET total = %1$d;
                UPDATE campaign SET rows_received = %1$d
                """.formatted(STORED));
        HttpResponse<Buffer> stored =
                await(api.request(HttpMethod.PUT, "/v1/campaigns/" + id + "/people?fromRow=" + STORED, 1)
                        .putHeader("Content-Type", "text/csv")
                        .sendBuffer(Buffer.buffer("recipient\nperson-%d\nnew\n".formatted(STORED - 1))));
        assertThat(stored.statusCode()).isEqualTo(200);
        assertThat(stored.bodyAsJsonObject().getInteger("people")).isEqualTo(STORED + 2);
        assertThat(stored.bodyAsJsonObject().getInteger("duplicates")).isOne();
    }
}
