package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GateQuestionsTest {
    private static final int MANY = 1_000_000;

    private final GateQuestions questions = new GateQuestions();

    @Test
    void aLaneThatIsHeldBackAsksOneQuestionAtATime() {
        assertThat(askAll(MANY, 100)).isEqualTo(1);
        questions.refused(100);
        assertThat(askAll(MANY, 100)).isEqualTo(1);
    }

    @Test
    void eachGrantDoublesTheQuestionsUpToABound() {
        for (int expected : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 128}) {
            assertThat(askAll(MANY, 100)).isEqualTo(expected);
            questions.granted(100);
        }
    }

    @Test
    void aRefusalBringsItBackToOne() {
        askAll(MANY, 100);
        questions.granted(100);
        assertThat(askAll(MANY, 100)).isEqualTo(2);
        questions.granted(100);
        questions.refused(100);
        assertThat(askAll(MANY, 100)).isEqualTo(1);
    }

    @Test
    void nothingIsAskedForPeopleWhoAreAskedForAlready() {
        askAll(MANY, 100);
        questions.granted(100);
        assertThat(askAll(100, 100)).isEqualTo(1);
        assertThat(questions.mayAsk(100)).isFalse();
        assertThat(questions.mayAsk(101)).isTrue();
    }

    private int askAll(int ready, int people) {
        while (questions.mayAsk(ready)) {
            questions.asked(people);
        }
        return questions.open();
    }
}
