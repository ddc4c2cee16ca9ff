package dev.sluice.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.testkit.SimulatorExtension;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.WebhookRobot;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SimulatorExtension.class)
class ShownTwiceTest {
    private static final long CONTENT = 42;
    private static final String PERSON = "user000001";
    private static final long ROBOT = 1;
    private static final long ONE_GROUP = 2;
    private static final long OTHER_GROUP = 3;
    private static final Map<Long, String> GROUPS = Map.of(ONE_GROUP, "robot:one", OTHER_GROUP, "robot:other");

    private final Simulator simulator;
    private final List<Books.Delivery> deliveries = new ArrayList<>();

    ShownTwiceTest(Simulator simulator) {
        this.simulator = simulator;
    }

    @BeforeEach
    void addRobots() {
        simulator.directory().addOrganisation("corp", "standard").people().addRange("user", 10);
        simulator.directory().addApp(App.of("corp", "app", "secret", 7));
        simulator.directory().addRobot(WebhookRobot.of("corp", "one", "one"));
        simulator.directory().addRobot(WebhookRobot.of("corp", "other", "other"));
    }

    @Test
    void whatWasSentAsOftenAsItWasShownIsNoRepeat() {
        send(ROBOT, PERSON, DeliveryState.SENT);
        send(ROBOT, PERSON, DeliveryState.DELIVERED);
        show(Api.ROBOT_SEND, PERSON, 2);
        assertThat(counted()).isZero();
    }

    @Test
    void onePersonWhoSawItOnceMoreThanItWasSentIsCountedOnce() {
        send(ROBOT, PERSON, DeliveryState.SENT);
        send(ROBOT, PERSON, DeliveryState.SENT);
        send(ROBOT, "user000002", DeliveryState.SENT);
        show(Api.ROBOT_SEND, PERSON, 3);
        show(Api.ROBOT_SEND, "user000002", 1);
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void whoeverIsInDoubtMayHaveSeenIt() {
        send(ROBOT, PERSON, DeliveryState.SENT);
        send(ROBOT, PERSON, DeliveryState.IN_DOUBT);
        show(Api.ROBOT_SEND, PERSON, 2);
        assertThat(counted()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "FAILED", "SUPPRESSED", "EXPIRED", "CANCELLED"})
    void whatWasNotSentExplainsNothing(DeliveryState state) {
        send(ROBOT, PERSON, DeliveryState.SENT);
        send(ROBOT, PERSON, state);
        show(Api.ROBOT_SEND, PERSON, 2);
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void whatWasSentToOneGroupDoesNotExplainWhatAnotherSaw() {
        send(ONE_GROUP, "", DeliveryState.SENT);
        send(OTHER_GROUP, "", DeliveryState.SENT);
        show(Api.WEBHOOK_SEND, "robot:one", 2);
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void aGroupMayBeToldTheSameAsOftenAsItWasSent() {
        send(ONE_GROUP, "", DeliveryState.SENT);
        send(ONE_GROUP, "", DeliveryState.SENT);
        show(Api.WEBHOOK_SEND, "robot:one", 2);
        assertThat(counted()).isZero();
    }

    private void send(long channelId, String recipient, DeliveryState state) {
        deliveries.add(new Books.Delivery(deliveries.size(), channelId, recipient, CONTENT, state, null, false));
    }

    private void show(Api api, String recipient, int times) {
        int person = simulator.directory().organisation("corp").people().indexOf(recipient);
        for (int i = 0; i < times; i++) {
            CallDraft call = new CallDraft();
            call.begin(api, i, i);
            call.setCorpId("corp");
            call.setContentHash(CONTENT);
            call.addRecipient(person, Verdict.SHOWN);
            simulator.ledger().append(call);
        }
    }

    private long counted() {
        ShownTwice twice = new ShownTwice();
        twice.add(deliveries, GROUPS, PlatformTally.byOrganisation(simulator).get("corp"));
        return twice.counted();
    }
}
