package dev.sluice.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CostTest {
    @Test
    void whatACallCostsIsTakenApartFromWhatItsPeopleCost() {
        double delivery = 20;
        double call = 300;

        Cost cost = Cost.of(delivery + call, delivery + call / 100, 100);

        assertThat(cost.perDelivery()).isCloseTo(delivery, within(1e-9));
        assertThat(cost.perCall()).isCloseTo(call, within(1e-9));
    }
}
