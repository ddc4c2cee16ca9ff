package dev.sluice.engine.scheduling.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.IdSequence;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LookRangeTest {
    private static final long NOW = 1_800_000_000_000L;

    private final LookRange range = new LookRange();

    @Test
    void whatWasMadeBeforeTheLastLookAtAllAndCommittedAfterItIsNew() {
        range.lookedAtAll(NOW);
        assertThat(IdSequence.instantOf(range.sinceId())).isEqualTo(Instant.ofEpochMilli(NOW - 1_000));
    }

    @Test
    void withoutALookAtAllEverythingIsNew() {
        assertThat(range.sinceId()).isNegative();
    }
}
