package dev.sluice.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.ReceiptPolicy;
import dev.sluice.loadtest.testkit.SimulatorExtension;
import dev.sluice.loadtest.verdict.Snapshot.Drops;
import dev.sluice.loadtest.verdict.Snapshot.Receipts;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One person was shown a content, another was dropped, and a third was in no call. */
@ExtendWith(SimulatorExtension.class)
class SilentDropsTest {
    private static final long CONTENT = 42;
    private static final String SHOWN = "user000001";
    private static final String DROPPED = "user000002";
    private static final String NEVER_CALLED = "user000003";
    private static final String LIMITED = "user000004";
    private static final long CHANNEL = 1;
    private static final long WEBHOOK = 2;
    private static final long OTHER_WEBHOOK = 3;
    private static final Map<Long, String> GROUPS = Map.of(WEBHOOK, "robot:one", OTHER_WEBHOOK, "robot:other");

    private final Simulator simulator;
    private final SilentDrops drops = new SilentDrops();

    SilentDropsTest(Simulator simulator) {
        this.simulator = simulator;
    }

    @BeforeEach
    void callTwo() {
        simulator.directory().addOrganisation("corp", "standard").people().addRange("user", 10);
        simulator.directory().addApp(App.of("corp", "app", "secret", 7));
        call(SHOWN, Verdict.SHOWN);
        call(DROPPED, Verdict.INVALID);
    }

    private void call(String person, Verdict verdict) {
        call(Api.NOTICE_SEND, person, verdict);
    }

    private void call(Api api, String person, Verdict verdict) {
        CallDraft call = new CallDraft();
        call.begin(api, 0, 0);
        call.setCorpId("corp");
        call.setContentHash(CONTENT);
        call.addRecipient(simulator.directory().organisation("corp").people().indexOf(person), verdict);
        simulator.ledger().append(call);
    }

    @Test
    void whomThePlatformDroppedIsMissedWhereItIsAskedAboutEverybody() {
        assertThat(add(DROPPED, DeliveryState.SENT, ReceiptPolicy.ALL)).isZero();
        assertThat(add(SHOWN, DeliveryState.SENT, ReceiptPolicy.ALL)).isZero();
        assertThat(drops.counted()).isEqualTo(new Drops(0, 0, 1, 0, 0, 0));
    }

    @ParameterizedTest
    @EnumSource(
            value = ReceiptPolicy.class,
            names = {"SAMPLE", "NONE"})
    void whomThePlatformDroppedMayStaySentWhereItIsNotAsked(ReceiptPolicy receipts) {
        assertThat(add(DROPPED, DeliveryState.SENT, receipts)).isEqualTo(1);
        assertThat(add(SHOWN, DeliveryState.SENT, receipts)).isZero();
        assertThat(drops.counted()).isEqualTo(new Drops(0, 0, 0, 0, 0, 1));
    }

    @Test
    void whomItDroppedForALimitThatWePassedIsMissedHoweverFewAreAskedAbout() {
        call(LIMITED, Verdict.MINUTE_OF_APP);
        assertThat(add(LIMITED, DeliveryState.SENT, ReceiptPolicy.NONE)).isZero();
        assertThat(drops.counted().missed()).isEqualTo(1);
    }

    @Test
    void whoWasInNoCallOrIsSaidToHaveItIsMissedHoweverFewAreAskedAbout() {
        assertThat(add(NEVER_CALLED, DeliveryState.SENT, ReceiptPolicy.NONE)).isZero();
        assertThat(add(DROPPED, DeliveryState.DELIVERED, ReceiptPolicy.NONE)).isZero();
        assertThat(drops.counted()).isEqualTo(new Drops(0, 0, 2, 0, 0, 0));
    }

    @Test
    void whoIsSentAfterAllWasAskedHasNoReceipt() {
        drops.addAsked(Stream.of(DeliveryState.values())
                .map(state -> new Books.Delivery(1, CHANNEL, SHOWN, CONTENT, state, null, false)));
        assertThat(drops.counted().receipts()).isEqualTo(new Receipts(1, 1));
    }

    @Test
    void aMessageThatAnotherGroupGotIsMissed() {
        call(Api.WEBHOOK_SEND, "robot:one", Verdict.SHOWN);
        add(WEBHOOK, "", DeliveryState.SENT, ReceiptPolicy.ALL);
        assertThat(drops.counted().missed()).isZero();
        add(OTHER_WEBHOOK, "", DeliveryState.SENT, ReceiptPolicy.ALL);
        assertThat(drops.counted().missed()).isEqualTo(1);
    }

    private long add(String recipient, DeliveryState state, ReceiptPolicy receipts) {
        return add(CHANNEL, recipient, state, receipts);
    }

    private long add(long channelId, String recipient, DeliveryState state, ReceiptPolicy receipts) {
        return drops.add(
                List.of(new Books.Delivery(1, channelId, recipient, CONTENT, state, null, false)),
                GROUPS,
                PlatformTally.byOrganisation(simulator).get("corp"),
                receipts);
    }
}
