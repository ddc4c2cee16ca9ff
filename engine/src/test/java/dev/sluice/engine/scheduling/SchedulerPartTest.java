package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SchedulerPartTest {
    @Test
    void everyAppFallsToExactlyOneInstance() {
        List<SchedulerPart> parts = IntStream.range(0, 3)
                .mapToObj(index -> new SchedulerPart(index, 3, 10, "a"))
                .toList();
        assertThat(LongStream.rangeClosed(-10, 10).boxed())
                .allSatisfy(appId -> assertThat(parts.stream().filter(part -> part.has(appId)))
                        .hasSize(1));
    }
}
