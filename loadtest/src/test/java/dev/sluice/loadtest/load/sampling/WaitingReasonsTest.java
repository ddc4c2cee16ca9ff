package dev.sluice.loadtest.load.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.scheduling.status.LaneStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaitingReasonsTest {
    private final WaitingReasons reasons = new WaitingReasons();
    private final Map<Long, String> gates = new HashMap<>();
    private final List<List<Long>> asked = new ArrayList<>();

    private Map<Long, LaneStatus> board(List<Long> channels) {
        asked.add(channels);
        Map<Long, LaneStatus> statuses = new HashMap<>();
        for (long channel : channels) {
            if (gates.containsKey(channel)) {
                statuses.put(channel, new LaneStatus(channel, "n", gates.get(channel), "", null, 1, 0, Instant.EPOCH));
            }
        }
        return statuses;
    }

    @Test
    void aLaneThatNobodyAskedIsNotSaidToBeFree() {
        reasons.ask(List.of(1L, 2L), 1, this::board);
        assertThat(reasons.of(1)).isEqualTo(WaitingReasons.NONE);
        assertThat(reasons.of(2)).isEqualTo(WaitingReasons.NOT_ASKED);
    }

    @Test
    void lanesAreAskedInTurnAndThoseThatWereNeverAskedFirst() {
        reasons.ask(List.of(1L, 2L, 3L), 2, this::board);
        reasons.ask(List.of(1L, 2L, 3L), 2, this::board);
        reasons.ask(List.of(1L, 2L, 3L, 4L), 2, this::board);
        assertThat(asked).containsExactly(List.of(1L, 2L), List.of(3L, 1L), List.of(4L, 2L));
    }

    @Test
    void whatALaneSaidIsBelievedUntilItIsAskedAgain() {
        gates.put(1L, "circuit");
        reasons.ask(List.of(1L, 2L), 1, this::board);
        gates.remove(1L);
        reasons.ask(List.of(1L, 2L), 1, this::board);
        assertThat(reasons.of(1)).isEqualTo("circuit");
        reasons.ask(List.of(1L, 2L), 1, this::board);
        assertThat(reasons.of(1)).isEqualTo(WaitingReasons.NONE);
    }

    @Test
    void aLaneOfWhichNobodyWaitsIsForgotten() {
        gates.put(1L, "circuit");
        reasons.ask(Set.of(1L), 1, this::board);
        reasons.ask(Set.of(), 1, this::board);
        assertThat(reasons.of(1)).isEqualTo(WaitingReasons.NOT_ASKED);
    }
}
