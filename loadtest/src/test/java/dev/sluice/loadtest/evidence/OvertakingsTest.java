package dev.sluice.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.loadtest.testkit.SimulatorExtension;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.Verdict;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An app makes ten calls with bulk, then one with something urgent; another app beside it makes calls with bulk as well. */
@ExtendWith(SimulatorExtension.class)
class OvertakingsTest {
    private static final long BULK = 1;
    private static final long URGENT = 2;
    private static final long BOTH = 3;
    private static final long NEVER_SENT = 4;

    private final Simulator simulator;

    OvertakingsTest(Simulator simulator) {
        this.simulator = simulator;
    }

    @BeforeEach
    void send() {
        simulator.directory().addOrganisation("corp", "standard").people().addRange("user", 10);
        for (int nanos = 1; nanos <= 10; nanos++) {
            call("app", nanos, BULK);
            call("other", nanos, BULK);
        }
        call("app", 10, BOTH);
        call("app", 11, URGENT);
        call("app", 12, BULK);
    }

    @Test
    void onlyBulkOfItsOwnAppThatWentWhileItWaitedWentBeforeIt() {
        assertThat(overtakings().before(URGENT, 0)).isEqualTo(10);
        assertThat(overtakings().before(URGENT, 4)).isEqualTo(7);
        assertThat(overtakings().before(URGENT, 11)).isZero();
        assertThat(overtakings().before(URGENT, 100)).isZero();
    }

    @Test
    void whatNeverWentWasNotOvertaken() {
        assertThat(overtakings().before(NEVER_SENT, 0)).isZero();
    }

    private Overtakings overtakings() {
        return new Overtakings(
                List.of(
                        submission(BULK, PriorityClass.BULK),
                        submission(URGENT, PriorityClass.TRANSACTIONAL),
                        submission(BOTH, PriorityClass.BULK),
                        submission(BOTH, PriorityClass.CRITICAL),
                        submission(NEVER_SENT, PriorityClass.CRITICAL)),
                PlatformTally.byOrganisation(simulator).get("corp"));
    }

    private static Books.Submission submission(long content, PriorityClass priority) {
        return new Books.Submission(1, 1, priority, null, content);
    }

    private void call(String app, long arrivalNanos, long content) {
        CallDraft call = new CallDraft();
        call.begin(Api.NOTICE_SEND, arrivalNanos, 0);
        call.setApp(App.of("corp", app, "secret", 7));
        call.setContentHash(content);
        call.addRecipient(simulator.directory().organisation("corp").people().indexOf("user000001"), Verdict.SHOWN);
        simulator.ledger().append(call);
    }
}
