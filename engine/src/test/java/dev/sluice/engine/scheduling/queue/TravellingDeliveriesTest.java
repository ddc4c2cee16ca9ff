package dev.sluice.engine.scheduling.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.DeliveryKey;
import org.junit.jupiter.api.Test;

class TravellingDeliveriesTest {
    private static final DeliveryKey ONE = new DeliveryKey(7, 1);
    private static final DeliveryKey OTHER = new DeliveryKey(7, 2);

    private final TravellingDeliveries travelling = new TravellingDeliveries();

    @Test
    void whoTravelsIsKnownUntilItsCallHasEnded() {
        travelling.add(ONE);
        assertThat(travelling.contains(ONE)).isTrue();
        assertThat(travelling.contains(OTHER)).isFalse();

        travelling.remove(ONE);

        assertThat(travelling.contains(ONE)).isFalse();
    }

    @Test
    void rowsThatWereReadBeforeACallEndedDoNotBringItsPeopleBack() {
        travelling.add(ONE);
        travelling.readBegins();

        travelling.remove(ONE);
        assertThat(travelling.contains(ONE)).isTrue();

        travelling.readEnds();
        assertThat(travelling.contains(ONE)).isFalse();
    }

    @Test
    void whoTravelsOnIsNotForgottenWithARead() {
        travelling.readBegins();
        travelling.add(ONE);
        travelling.remove(OTHER);
        assertThat(travelling.contains(OTHER)).isFalse();

        travelling.readEnds();

        assertThat(travelling.contains(ONE)).isTrue();
    }
}
