package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.scheduling.HeldNotices.Notice;
import dev.sluice.engine.scheduling.hold.Trouble;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldNoticesTest {
    private static final Map<Trouble, Integer> NOBODY = Map.of();

    private final HeldNotices notices = new HeldNotices();

    @Test
    void whatLastsIsToldOnceAndOnceThatItIsOver() {
        assertThat(at(0, Map.of(Trouble.LIMITER, 2))).isEmpty();
        assertThat(at(5, Map.of(Trouble.LIMITER, 3))).containsExactly(new Notice(Trouble.LIMITER, 3));
        assertThat(at(6, Map.of(Trouble.LIMITER, 3))).isEmpty();
        assertThat(at(35, NOBODY)).isEmpty();
        assertThat(at(36, NOBODY)).containsExactly(new Notice(Trouble.LIMITER, 0));
        assertThat(at(90, NOBODY)).isEmpty();
    }

    @Test
    void whatPassesSoonIsNotTold() {
        assertThat(at(0, Map.of(Trouble.LATE, 1))).isEmpty();
        assertThat(at(4, NOBODY)).isEmpty();
        assertThat(at(5, Map.of(Trouble.LATE, 1))).isEmpty();
        assertThat(at(6, NOBODY)).isEmpty();
        assertThat(at(60, NOBODY)).isEmpty();
    }

    @Test
    void aCallThatTriesInBetweenEndsNothing() {
        at(0, Map.of(Trouble.CIRCUIT, 1));
        assertThat(at(5, Map.of(Trouble.CIRCUIT, 1))).hasSize(1);
        assertThat(at(10, NOBODY)).isEmpty();
        assertThat(at(15, Map.of(Trouble.CIRCUIT, 1))).isEmpty();
        assertThat(at(40, NOBODY)).isEmpty();
        assertThat(at(45, NOBODY)).containsExactly(new Notice(Trouble.CIRCUIT, 0));
    }

    @Test
    void causesAreToldOfApart() {
        at(0, Map.of(Trouble.CIRCUIT, 1));
        at(3, Map.of(Trouble.CIRCUIT, 1, Trouble.POSTGRES, 4));
        assertThat(at(5, Map.of(Trouble.CIRCUIT, 1, Trouble.POSTGRES, 4)))
                .containsExactly(new Notice(Trouble.CIRCUIT, 1));
        assertThat(at(8, Map.of(Trouble.POSTGRES, 4))).containsExactly(new Notice(Trouble.POSTGRES, 4));
    }

    private List<Notice> at(int second, Map<Trouble, Integer> held) {
        return notices.of(held, second * 1_000_000_000L);
    }
}
