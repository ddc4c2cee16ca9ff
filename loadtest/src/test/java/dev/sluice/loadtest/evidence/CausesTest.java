package dev.sluice.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.loadtest.testkit.SimulatorExtension;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of a platform that takes three messages to a person in a day. */
@ExtendWith(SimulatorExtension.class)
class CausesTest {
    private static final long CANCELLED = 9;
    private static final long CONTENT = 42;
    private static final String PERSON = "user000001";
    private static final String OTHER = "user000002";

    private final Simulator simulator;
    private final List<Books.Delivery> deliveries = new ArrayList<>();

    CausesTest(Simulator simulator) {
        this.simulator = simulator;
    }

    @BeforeEach
    void addPeople() {
        simulator.directory().addOrganisation("corp", "standard").people().addRange("user", 10);
        simulator.directory().addApp(App.of("corp", "app", "secret", 7));
        call(9, OTHER, Verdict.SHOWN);
    }

    @Test
    void whoWasInACallWithTheSameContentIsHeldBackRightly() {
        call(CONTENT, PERSON, Verdict.SHOWN);
        call(CONTENT, OTHER, Verdict.INVALID);
        held(PERSON, Disposition.SAME_CONTENT_TODAY);
        held(OTHER, Disposition.SAME_CONTENT_TODAY);
        assertThat(without()).isZero();
    }

    @Test
    void whoWasNeverInACallWithTheContentIsHeldBackForNothing() {
        call(CONTENT, OTHER, Verdict.SHOWN);
        call(7, PERSON, Verdict.SHOWN);
        held(PERSON, Disposition.SAME_CONTENT_TODAY);
        assertThat(without()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "IN_DOUBT"})
    void whoseCallMayStillBeTheFirstIsHeldBackRightly(DeliveryState state) {
        add(1, PERSON, state, null, false);
        held(PERSON, Disposition.SAME_CONTENT_TODAY);
        assertThat(without()).isZero();
    }

    @Test
    void aDayIsFullOnceAPersonWasInAsManyCalls() {
        call(1, PERSON, Verdict.SHOWN);
        call(2, PERSON, Verdict.SHOWN);
        held(PERSON, Disposition.PERSON_DAY_LIMIT);
        assertThat(without()).isEqualTo(1);
        call(3, PERSON, Verdict.SHOWN);
        assertThat(without()).isZero();
    }

    @Test
    void whoStandsTwiceInASubmissionStandsThereOnceWithout() {
        add(1, PERSON, DeliveryState.SENT, null, false);
        add(1, PERSON, DeliveryState.SUPPRESSED, Disposition.DUPLICATE_IN_SUBMISSION, false);
        assertThat(without()).isZero();
        add(2, PERSON, DeliveryState.SUPPRESSED, Disposition.DUPLICATE_IN_SUBMISSION, false);
        assertThat(without()).isEqualTo(1);
    }

    @Test
    void whoFailedWasInACall() {
        call(CONTENT, PERSON, Verdict.INVALID);
        add(1, PERSON, DeliveryState.FAILED, Disposition.INVALID_RECIPIENT, false);
        assertThat(without()).isZero();
        add(1, OTHER, DeliveryState.FAILED, Disposition.INVALID_RECIPIENT, false);
        assertThat(without()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_CONTENT", "PROHIBITED_CONTENT", "REFUSED_OTHERWISE", "ATTEMPTS_EXHAUSTED"})
    void aCallThatWasRefusedAsAWholeExplainsWhoeverIsSaidToHaveBeenInIt(Disposition disposition) {
        add(1, PERSON, DeliveryState.FAILED, disposition, false);
        assertThat(without()).isEqualTo(1);
        refuse("corp");
        assertThat(without()).isZero();
    }

    @Test
    void aCallThatWasRefusedBeforeItsCallerWasKnownMayHaveBeenAnybodys() {
        add(1, PERSON, DeliveryState.FAILED, Disposition.ATTEMPTS_EXHAUSTED, false);
        refuse("");
        assertThat(without()).isZero();
    }

    @Test
    void whoIsTooLateHadADeadlineThatIsOver() {
        add(1, PERSON, DeliveryState.EXPIRED, Disposition.DEADLINE_PASSED, true);
        assertThat(without()).isZero();
        add(2, PERSON, DeliveryState.EXPIRED, Disposition.DEADLINE_PASSED, false);
        assertThat(without()).isEqualTo(1);
    }

    @Test
    void whoIsCancelledStandsInASubmissionThatSomebodyCancelled() {
        add(CANCELLED, PERSON, DeliveryState.CANCELLED, Disposition.CANCELLED_BY_TENANT, false);
        assertThat(without()).isZero();
        add(2, PERSON, DeliveryState.CANCELLED, Disposition.CANCELLED_BY_TENANT, false);
        assertThat(without()).isEqualTo(1);
    }

    private void held(String recipient, Disposition disposition) {
        add(2, recipient, DeliveryState.SUPPRESSED, disposition, false);
    }

    private void add(long submission, String recipient, DeliveryState state, Disposition disposition, boolean late) {
        deliveries.add(new Books.Delivery(submission, 1, recipient, CONTENT, state, disposition, late));
    }

    private void call(long content, String recipient, Verdict verdict) {
        CallDraft call = begun("corp");
        call.setContentHash(content);
        call.addRecipient(simulator.directory().organisation("corp").people().indexOf(recipient), verdict);
        simulator.ledger().append(call);
    }

    private void refuse(String corpId) {
        simulator.ledger().append(begun(corpId));
    }

    private static CallDraft begun(String corpId) {
        CallDraft call = new CallDraft();
        call.begin(Api.NOTICE_SEND, 0, 0);
        call.setCorpId(corpId);
        return call;
    }

    private long without() {
        return Causes.without(
                deliveries, PlatformTally.byOrganisation(simulator).get("corp"), 3, Set.of(CANCELLED));
    }
}
