package dev.sluice.simulator.robot;

import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.Verdict;

/** One accepted batch: who was shown it. */
final class RobotTask {
    private final String key;
    private final String robotCode;
    private final long sentAtMillis;
    private final int[] shown;
    private boolean recalled;

    RobotTask(String key, String robotCode, CallDraft draft) {
        this.key = key;
        this.robotCode = robotCode;
        this.sentAtMillis = draft.wallMillis();
        this.shown = new int[draft.shown()];
        int at = 0;
        for (int i = 0; i < draft.recipients(); i++) {
            if (draft.verdict(i) == Verdict.SHOWN) {
                shown[at++] = draft.person(i);
            }
        }
    }

    String key() {
        return key;
    }

    String robotCode() {
        return robotCode;
    }

    long sentAtMillis() {
        return sentAtMillis;
    }

    int[] shown() {
        return shown;
    }

    boolean isRecalled() {
        return recalled;
    }

    void recall() {
        recalled = true;
    }
}
