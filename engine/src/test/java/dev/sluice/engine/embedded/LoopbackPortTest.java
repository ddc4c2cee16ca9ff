package dev.sluice.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {
    @Test
    void portsThatAreAskedForTogetherAreAllDifferent() throws IOException {
        assertThat(LoopbackPort.free(500)).hasSize(500).doesNotHaveDuplicates();
    }
}
