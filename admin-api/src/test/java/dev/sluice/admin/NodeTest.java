package dev.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.scheduling.lease.LeaseStore;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class NodeTest {
    @Test
    void aNodeThatIsAwayIsListedAndOneThatLeftIsNot(TestDatabase database) {
        try (AdminTestServer server = new AdminTestServer(database)) {
            LeaseStore leases = new LeaseStore(server.pool);
            UUID left = UUID.randomUUID();
            leases.takeSlot("left", left, 60_000, true).await();
            leases.takeSlot("away", UUID.randomUUID(), 0, true).await();
            leases.leave(left).await();

            assertThat(server.done("GET", "/v1/nodes", null).getJsonArray("items"))
                    .singleElement()
                    .isInstanceOfSatisfying(JsonObject.class, node -> {
                        assertThat(node.getString("name")).isEqualTo("away");
                        assertThat(node.getBoolean("alive")).isFalse();
                    });
        }
    }
}
