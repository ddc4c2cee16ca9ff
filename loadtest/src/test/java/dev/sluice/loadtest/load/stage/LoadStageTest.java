package dev.sluice.loadtest.load.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LoadStageTest {
    @Test
    void anEndThatIsInterruptedLeavesNothingBehind() throws IOException {
        LoadStage stage = new LoadStage();
        Thread.currentThread().interrupt();

        assertThatThrownBy(stage::close).isInstanceOf(InterruptedException.class);

        Thread.interrupted();
        assertThat(stage.directory()).doesNotExist();
    }
}
