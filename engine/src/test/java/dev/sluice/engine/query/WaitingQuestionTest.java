package dev.sluice.engine.query;

import static dev.sluice.engine.ingestion.SendApi.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.ingestion.SendApi;
import dev.sluice.engine.ingestion.SendApiExtension;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A question whose turn does not come, since the one before it is not answered. */
@ExtendWith(PostgresExtension.class)
class WaitingQuestionTest {
    @RegisterExtension
    static final SendApiExtension SEND_API = SendApiExtension.with(Map.of("idleSeconds", 6, "requestsPerTenant", 1));

    @Test
    void isToldToComeBackBeforeItsConnectionIsClosedForItsSilence(SendApi api, TestDatabase database)
            throws SQLException {
        assertThat(api.get("/v1/campaigns", 1).statusCode()).isEqualTo(200);
        try (Connection slow = database.connect();
                Statement lock = slow.createStatement()) {
            slow.setAutoCommit(false);
            lock.execute("LOCK TABLE campaign IN ACCESS EXCLUSIVE MODE");
            List<Future<HttpResponse<Buffer>>> asked = IntStream.range(0, 2)
                    .mapToObj(
                            i -> api.request(HttpMethod.GET, "/v1/campaigns", 1).send())
                    .toList();
            await(Future.any(asked));
            assertThat(asked)
                    .filteredOn(Future::succeeded)
                    .extracting(answer -> answer.result().statusCode())
                    .containsExactly(429);
            slow.rollback();
        }
    }
}
