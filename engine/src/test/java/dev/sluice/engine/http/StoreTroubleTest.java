package dev.sluice.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import org.junit.jupiter.api.Test;

class StoreTroubleTest {
    /** In these words the client gives up what it had not sent when a frozen Postgres was let go. */
    @Test
    void whatWasNotSentWhenAConnectionEndedIsWorthComingBackFor() {
        assertThat(StoreTrouble.unreachable(
                        new VertxException("Pending requests failed to be sent due to connection has been closed.")))
                .isTrue();
        assertThat(StoreTrouble.unreachable(new IllegalStateException("a fault of ours")))
                .isFalse();
    }
}
