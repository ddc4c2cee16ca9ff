package dev.sluice.simulator.notice;

import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.Verdict;

/** One accepted send, remembered for results and recall. Recipients are kept only if a result may ever list them. */
final class NoticeTask {
    private final long id;
    private final String appKey;
    private final long sentAtMillis;
    private final int recipients;
    private final int[] persons;
    private final Verdict[] verdicts;
    private boolean recalled;

    NoticeTask(long id, CallDraft draft, int recipientsKept) {
        this.id = id;
        this.appKey = draft.appKey();
        this.sentAtMillis = draft.wallMillis();
        this.recipients = draft.recipients();
        int kept = recipients <= recipientsKept ? recipients : 0;
        this.persons = new int[kept];
        this.verdicts = new Verdict[kept];
        for (int i = 0; i < kept; i++) {
            persons[i] = draft.person(i);
            verdicts[i] = draft.verdict(i);
        }
    }

    long id() {
        return id;
    }

    /** Of the app that sent it: an agent id may be another organisation's too. */
    String appKey() {
        return appKey;
    }

    long sentAtMillis() {
        return sentAtMillis;
    }

    int recipients() {
        return recipients;
    }

    int kept() {
        return persons.length;
    }

    int person(int at) {
        return persons[at];
    }

    Verdict verdict(int at) {
        return verdicts[at];
    }

    boolean isRecalled() {
        return recalled;
    }

    void recall() {
        recalled = true;
    }
}
