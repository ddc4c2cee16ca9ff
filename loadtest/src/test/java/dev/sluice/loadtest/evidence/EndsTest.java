package dev.sluice.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.PriorityClass;
import dev.sluice.loadtest.testkit.SimulatorExtension;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody is shown a content at noon. */
@ExtendWith(SimulatorExtension.class)
class EndsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final long CONTENT = 42;
    private static final long NEVER_SHOWN = 43;

    private final Simulator simulator;
    private final Ends ends = new Ends(5_000);

    EndsTest(Simulator simulator) {
        this.simulator = simulator;
    }

    @BeforeEach
    void show() {
        simulator.directory().addOrganisation("corp", "standard").people().addRange("user", 10);
        call(NOON.minusSeconds(60), Verdict.SHOWN);
        call(NOON, Verdict.SHOWN);
        call(NOON.plusSeconds(60), Verdict.INVALID);
    }

    @Test
    void whatSomebodyIsShownAfterItsDeadlineIsLate() {
        look(until(CONTENT, NOON.minusMillis(5_001)), until(NEVER_SHOWN, NOON.minusSeconds(60)));
        assertThat(ends.contents()).isEqualTo(2);
        assertThat(ends.passed()).isEqualTo(1);
    }

    @Test
    void aCallMayBeOnItsWayWhenTheDeadlineComes() {
        look(until(CONTENT, NOON.minusSeconds(5)));
        assertThat(ends.passed()).isZero();
    }

    @Test
    void whoeverElseHasTheContentMayHaveItLater() {
        look(until(CONTENT, NOON.minusSeconds(60)), until(CONTENT, NOON));
        assertThat(ends.passed()).isZero();
    }

    @Test
    void whatSomebodyHasNoDeadlineForIsNotJudged() {
        look(until(CONTENT, NOON.minusSeconds(60)), until(CONTENT, null));
        assertThat(ends.contents()).isZero();
        assertThat(ends.passed()).isZero();
    }

    private void look(Books.Submission... submissions) {
        ends.add(
                List.of(submissions),
                Books.Submission::deadline,
                PlatformTally.byOrganisation(simulator).get("corp"));
    }

    private static Books.Submission until(long content, Instant deliverBy) {
        return new Books.Submission(1, 1, PriorityClass.BULK, deliverBy, content);
    }

    private void call(Instant at, Verdict verdict) {
        CallDraft call = new CallDraft();
        call.begin(Api.NOTICE_SEND, 0, at.toEpochMilli());
        call.setCorpId("corp");
        call.setContentHash(CONTENT);
        call.addRecipient(simulator.directory().organisation("corp").people().indexOf("user000001"), verdict);
        simulator.ledger().append(call);
    }
}
