package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LateCallsTest {
    private final LateCalls late = new LateCalls(0);

    @Test
    void callsThatWereUnderWayTogetherCostOneShortRest() {
        assertThat(late.heldBack(1_000)).isEqualTo(25);
        assertThat(late.heldBack(1_001)).isZero();
        assertThat(late.heldBack(1_024)).isZero();
    }

    @Test
    void aRestDoublesUntilACallLeaves() {
        long nowMillis = 0;
        for (long rest : new long[] {25, 50, 100, 200, 400, 800, 1_600, 1_600}) {
            assertThat(late.heldBack(nowMillis)).isEqualTo(rest);
            nowMillis += rest;
        }
        late.left();
        assertThat(late.heldBack(nowMillis)).isEqualTo(25);
    }
}
