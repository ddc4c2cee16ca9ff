package dev.sluice.engine.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int THRESHOLD = 5;

    private final Circuit circuit = new Circuit(THRESHOLD);

    @Test
    void opensAtItsThresholdAndNotBefore() {
        failTimes(THRESHOLD - 1);
        assertThat(circuit.waitNanos(0)).isZero();
        failTimes(1);
        assertThat(circuit.waitNanos(0)).isEqualTo(SECOND);
        assertThat(circuit.waitNanos(SECOND - 1)).isEqualTo(1);
        assertThat(circuit.waitNanos(SECOND)).isZero();
    }

    @Test
    void aHostThatFailsManyChannelsHoldsThemAllUntilOneProbeIsAnswered() {
        Circuit host = new Circuit(6);
        List<Circuit> channels = IntStream.range(0, 3)
                .mapToObj(i -> new Circuit(THRESHOLD, host))
                .toList();
        channels.forEach(channel -> channel.failed(0));
        assertThat(channels).allMatch(channel -> channel.waitNanos(0) == 0);
        channels.forEach(channel -> channel.failed(0));
        assertThat(host.open()).isTrue();
        assertThat(channels).allMatch(channel -> channel.waitNanos(0) == SECOND);

        channels.getFirst().started();
        assertThat(channels.getLast().waitNanos(SECOND))
                .as("while the probe is out")
                .isPositive();
        channels.getFirst().succeeded();
        assertThat(host.open()).isFalse();
        assertThat(channels).allMatch(channel -> channel.waitNanos(SECOND) == 0);
    }

    @Test
    void anAnswerBetweenFailuresStartsTheCountAnew() {
        failTimes(THRESHOLD - 1);
        circuit.succeeded();
        failTimes(THRESHOLD - 1);
        assertThat(circuit.waitNanos(0)).isZero();
        assertThat(circuit.failuresInRow()).isEqualTo(THRESHOLD - 1);
    }

    @Test
    void letsOneProbeGoAndItsAnswerCloses() {
        failTimes(THRESHOLD);
        circuit.started();
        assertThat(circuit.waitNanos(SECOND))
                .as("others, while the probe is out")
                .isPositive();
        assertThat(circuit.waitNanos(100 * SECOND)).isPositive();
        circuit.succeeded();
        assertThat(circuit.waitNanos(SECOND)).isZero();
        assertThat(circuit.failuresInRow()).isZero();
    }

    @Test
    void everyFailedProbeDoublesTheWaitUpToAMinute() {
        failTimes(THRESHOLD);
        long now = 0;
        for (long expected : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(circuit.waitNanos(now)).isEqualTo(expected * SECOND);
            now += expected * SECOND;
            circuit.started();
            circuit.failed(now);
        }
        circuit.succeeded();
        failTimes(THRESHOLD);
        assertThat(circuit.waitNanos(0)).as("after it had closed").isEqualTo(SECOND);
    }

    @Test
    void aProbeThatSaysNothingMakesRoomForTheNext() {
        failTimes(THRESHOLD);
        circuit.started();
        circuit.abandoned();
        assertThat(circuit.waitNanos(SECOND)).isZero();
    }

    @Test
    void callsThatWereOutWhenItOpenedDoNotProlongIt() {
        failTimes(THRESHOLD);
        for (int late = 0; late < 20; late++) {
            circuit.failed(SECOND / 2);
        }
        assertThat(circuit.waitNanos(SECOND)).isZero();
    }

    @Test
    void neverHasTwoProbesOutNorWaitsLongerThanAMinute() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        failTimes(THRESHOLD);
        long now = 0;
        boolean probeOut = false;
        for (int step = 0; step < 20_000; step++) {
            now += random.nextLong(20 * SECOND);
            assertThat(circuit.waitNanos(now)).isBetween(0L, 60 * SECOND);
            if (!probeOut && circuit.waitNanos(now) == 0) {
                circuit.started();
                probeOut = true;
                assertThat(circuit.waitNanos(now)).isPositive();
            } else if (probeOut && random.nextBoolean()) {
                probeOut = false;
                if (random.nextInt(4) == 0) {
                    circuit.abandoned();
                } else {
                    circuit.failed(now);
                    assertThat(circuit.waitNanos(now)).isPositive();
                }
            } else if (probeOut) {
                assertThat(circuit.waitNanos(now)).isPositive();
            }
        }
    }

    private void failTimes(int times) {
        for (int i = 0; i < times; i++) {
            circuit.started();
            circuit.failed(0);
        }
    }
}
