package dev.sluice.loadtest.load.judging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallPaceTest {
    @Test
    void callsOfFewPeopleLetFewThroughInAMinute() {
        assertThat(new CallPace(20, 1, 0).peopleAMinute()).isEqualTo(1_200);
        assertThat(new CallPace(20, 100, 0).peopleAMinute()).isEqualTo(120_000);
    }

    @Test
    void eachCallWaitsForTheAnswerOfTheOneBefore() {
        assertThat(new CallPace(20, 5, 0).peopleAMinute()).isEqualTo(6_000);
        assertThat(new CallPace(20, 5, 500).peopleAMinute()).isEqualTo(4_000);
    }
}
