package dev.sluice.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.testkit.SimulatorExtension;
import dev.sluice.loadtest.verdict.OrganisationReading.WorstSecond;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallDraft;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatorExtension.class)
class WorstSecondsTest {
    private final Simulator simulator;

    WorstSecondsTest(Simulator simulator) {
        this.simulator = simulator;
    }

    @Test
    void theQuestionsAfterARobotsMessagesAreCountedLikeThose() {
        simulator.directory().addOrganisation("corp", "standard");
        App app = App.of("corp", "app", "secret", 7);
        simulator.directory().addApp(app);
        calls(app, Api.ROBOT_SEND, 3);
        calls(app, Api.ROBOT_READ_STATUS, 21);

        PlatformTally tally = PlatformTally.byOrganisation(simulator).get("corp");
        assertThat(WorstSeconds.of(tally, List.of("app"), 20))
                .containsExactly(new WorstSecond("batchSend", 3, 20), new WorstSecond("readStatus", 21, 20));
    }

    private void calls(App app, Api api, int count) {
        for (int i = 0; i < count; i++) {
            CallDraft call = new CallDraft();
            call.begin(api, i, 0);
            call.setApp(app);
            simulator.ledger().append(call);
        }
    }
}
