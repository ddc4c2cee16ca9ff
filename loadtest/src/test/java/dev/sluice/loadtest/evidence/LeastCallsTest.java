package dev.sluice.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.testkit.SimulatorExtension;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatorExtension.class)
class LeastCallsTest {
    private static final int AS_MANY_AS_FIT = Integer.MAX_VALUE;
    private static final long NEWS = 1;
    private static final long ALERT = 2;

    private final Simulator simulator;

    LeastCallsTest(Simulator simulator) {
        this.simulator = simulator;
    }

    @BeforeEach
    void addPeople() {
        simulator.directory().addOrganisation("corp", "standard").people().addRange("user", 250);
    }

    @Test
    void aCallCarriesAsManyAsThePlatformTakesWhereItsSenderWantsNoFewer() {
        call(Api.NOTICE_SEND, NEWS, 250);
        call(Api.ROBOT_SEND, ALERT, 50);
        assertThat(least(AS_MANY_AS_FIT)).isEqualTo(3 + 3);
        assertThat(least(100)).isEqualTo(3 + 3);
    }

    @Test
    void whereItsSenderWantsFewerMoreCallsAreTheLeast() {
        call(Api.NOTICE_SEND, NEWS, 250);
        call(Api.ROBOT_SEND, ALERT, 50);
        assertThat(least(10)).isEqualTo(25 + 5);
        assertThat(least(1)).isEqualTo(300);
    }

    @Test
    void whoeverCameEarlyNeedsCallsOfTheirOwn() {
        call(Api.NOTICE_SEND, NEWS, 250);
        assertThat(tally().leastCalls(NEWS, 5, AS_MANY_AS_FIT)).isEqualTo(1 + 3);
        assertThat(tally().leastCalls(NEWS, 5, 10)).isEqualTo(1 + 25);
    }

    @Test
    void aSecondQuestionAboutACallIsIdle() {
        call(Api.NOTICE_SEND, NEWS, 250);
        call(Api.ROBOT_SEND, ALERT, 50);
        call(Api.NOTICE_RESULT, 0, 0);
        call(Api.ROBOT_READ_STATUS, 0, 0);
        assertThat(tally().idleQuestions(1)).isZero();
        assertThat(tally().idleQuestions(0)).isEqualTo(2);
        call(Api.NOTICE_RESULT, 0, 0);
        assertThat(tally().idleQuestions(1)).isEqualTo(1);
    }

    private long least(int mostPeople) {
        return tally().leastCalls(0, 0, mostPeople);
    }

    private PlatformTally tally() {
        return PlatformTally.byOrganisation(simulator).get("corp");
    }

    private void call(Api api, long content, int people) {
        CallDraft call = new CallDraft();
        call.begin(api, 0, 0);
        call.setCorpId("corp");
        call.setContentHash(content);
        for (int person = 0; person < people; person++) {
            call.addRecipient(person, Verdict.SHOWN);
        }
        simulator.ledger().append(call);
    }
}
