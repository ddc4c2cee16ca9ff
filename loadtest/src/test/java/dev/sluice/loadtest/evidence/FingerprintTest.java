package dev.sluice.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A submission for three people, one of whom stands in it twice. */
@ExtendWith({VertxExtension.class, PostgresExtension.class})
class FingerprintTest {
    private static final long CHANNEL = 5;
    private static final String TEXT = "lunch";
    private static final JsonObject BODY =
            MessageContent.message("work", TEXT, "bulk").put("deliverBy", "2026-11-23T12:00:00.123Z");

    private final long id = IdSequence.floorAt(Instant.now());
    private Books books;
    private TestDatabase database;

    @BeforeEach
    void store(Vertx vertx, TestDatabase stored) {
        database = stored;
        books = new Books(stored.pool(vertx), EngineClock.system());
        stored.execute("""
                INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total, deliver_by)
                VALUES (1, %1$d, 5, 2, 1, '%2$s', gen_random_uuid(), 4, '2026-11-23 12:00:00.123Z');
                INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient)
                VALUES (1, %1$d, 0, 5, 'li'), (1, %1$d, 1, 5, 'wang'), (1, %1$d, 2, 5, 'chen'), (1, %1$d, 3, 5, 'li')
                """.formatted(id, MessageContent.text(TEXT).encode()));
    }

    @Test
    void itIsTheSameWhereEverythingIsInWhicheverOrder() {
        assertThat(stored()).isEqualTo(asked("wang", "li", "li", "chen"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE delivery SET recipient = 'wang' WHERE ordinal = 2",
                "UPDATE delivery SET recipient = 'chen2' WHERE ordinal = 2",
                "DELETE FROM delivery WHERE ordinal = 3",
                "UPDATE submission SET content = replace(content, 'lunch', 'dinner')",
                "UPDATE submission SET channel_id = 6",
                "UPDATE submission SET priority = 1",
                "UPDATE submission SET deliver_by = deliver_by + interval '1 second'",
                "UPDATE submission SET deliver_by = NULL"
            })
    void itIsAnotherWhereAnythingIs(String change) {
        database.execute(change);
        assertThat(stored()).isNotEqualTo(asked("li", "wang", "chen", "li"));
    }

    private long stored() {
        return Books.fingerprints(books.submissions(1), books.deliveries(1)).get(id);
    }

    private static long asked(String... people) {
        long sum = List.of(people).stream().mapToLong(Fingerprint::person).sum();
        return Fingerprint.ofRequest(BODY, CHANNEL, hash(), sum);
    }

    private static long hash() {
        return MessageContent.hash(ChannelKind.DINGTALK_WORK, TEXT);
    }
}
