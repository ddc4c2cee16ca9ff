package dev.sluice.loadtest.load.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.loadtest.load.sampling.EngineLook;
import dev.sluice.loadtest.load.sampling.Sampler;
import dev.sluice.loadtest.report.data.Sample;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SampledLogTest {
    private static final int PEOPLE = 7;

    private final ClientLog log = new ClientLog();
    private final List<Sample> samples = new CopyOnWriteArrayList<>();

    @Test
    void whatIsOfferedWhileTheEngineIsAskedBelongsToTheNextSample() {
        Sampler sampler = new Sampler(log, this::lateAnswer, System.nanoTime(), samples::add);
        try (sampler) {
            TestWaiting.until(TestWaiting.PATIENCE, () -> samples.size() >= 2, () -> "two samples");
        }
        assertThat(samples.get(0).offered()).isZero();
        assertThat(samples.get(1).offered()).isEqualTo(PEOPLE);
    }

    /** As with a store that is away: people come meanwhile. */
    private EngineLook lateAnswer() {
        log.offered(PEOPLE);
        return new EngineLook(0, Optional.empty());
    }
}
