package dev.sluice.loadtest.load.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.scenario.Fault;
import dev.sluice.loadtest.scenario.FaultKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeEndsTest {
    private static final int NODE = 2;
    private static final int DID_NOT_START = 1;
    private static final int LOST_ITS_SLOT = 3;
    private static final int KILLED = 137;

    @Test
    void everyEndCountsThatNobodyAskedForWhetherTheNodeCameBackOrNot() {
        assertThat(against(true)).isZero();
        assertThat(against(true, KILLED, LOST_ITS_SLOT)).isEqualTo(2);
        assertThat(against(false, KILLED)).isEqualTo(1);
    }

    @Test
    void aStartThatFailedCountsOnlyWhereNoneAfterItWentBetter() {
        assertThat(against(true, DID_NOT_START, DID_NOT_START)).isZero();
        assertThat(against(false, DID_NOT_START, DID_NOT_START)).isEqualTo(1);
        assertThat(against(false, DID_NOT_START, KILLED)).isEqualTo(1);
    }

    @Test
    void aNodeThatFaultsKeptAwayUntilItsSlotWasTakenDidAsItShould() {
        assertThat(lost(fault(FaultKind.FREEZE_NODE, NODE, 61))).isZero();
        assertThat(lost(fault(FaultKind.KILL_POSTGRES, 0, 61))).isZero();
        assertThat(lost(fault(FaultKind.FREEZE_NODE, NODE, 31), fault(FaultKind.RESTART_POSTGRES, 0, 31)))
                .isZero();
    }

    @Test
    void aSlotIsLostToNoShorterFaultAndToNoneOfAnotherKindOrNode() {
        assertThat(lost(fault(FaultKind.FREEZE_NODE, NODE, 60))).isEqualTo(1);
        assertThat(lost(fault(FaultKind.FREEZE_NODE, NODE + 1, 61))).isEqualTo(1);
        assertThat(lost(fault(FaultKind.PLATFORM_DOWN, 0, 61))).isEqualTo(1);
    }

    @Test
    void aFaultThatKeepsNodesAwayExcusesNoOtherEnd() {
        NodeEnds ends = new NodeEnds(List.of(fault(FaultKind.KILL_POSTGRES, 0, 61)), NODE);
        assertThat(ends.against(List.of(KILLED, LOST_ITS_SLOT), false)).isEqualTo(1);
    }

    private static long against(boolean runs, Integer... exitCodes) {
        return new NodeEnds(List.of(), NODE).against(List.of(exitCodes), runs);
    }

    private static long lost(Fault... faults) {
        return new NodeEnds(List.of(faults), NODE).against(List.of(LOST_ITS_SLOT), false);
    }

    private static Fault fault(FaultKind kind, int node, double forSeconds) {
        return new Fault(kind, 1, forSeconds, node, "", 0, 0);
    }
}
