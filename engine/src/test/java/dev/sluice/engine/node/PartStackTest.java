package dev.sluice.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartStackTest {
    private static final int PARTS = 50;

    /** A stop that takes longer than supervisors wait for ends in a kill. */
    @Test
    void manyPartsThatDoNotStopDoNotTakeAllTheirTimeOneAfterTheOther() {
        List<String> told = new ArrayList<>();
        PartStack parts = new PartStack(1_000, 1_500);
        for (int i = 0; i < PARTS; i++) {
            String name = "part " + i;
            parts.start(EnginePart.of(name, Checks::nothing, () -> neverEnds(told, name)));
        }
        long begunNanos = System.nanoTime();
        parts.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begunNanos)).isLessThan(Duration.ofSeconds(PARTS / 2));
        assertThat(told).hasSize(PARTS);
    }

    private static Future<Void> neverEnds(List<String> told, String name) {
        told.add(name);
        return Promise.<Void>promise().future();
    }
}
