package dev.sluice.engine.scheduling;

/**
 * How many questions a lane has at its gates at once: one where a gate holds it back, so that no question is asked in vain; twice as many with each grant, so that
 * a limit which is never reached costs no round trip a call. Pure; confined to one event loop.
 */
final class GateQuestions {
    /** Half leaves a fast lane waiting for Redis, double asks that much more in vain once a gate is full. */
    static final int MOST = 128;

    private int allowed = 1;
    private int open;
    private int peopleAsked;

    /** Whether one more may be asked when so many people are ready: not for people who are asked for already. */
    boolean mayAsk(int peopleReady) {
        return open == 0 || (open < allowed && peopleReady > peopleAsked);
    }

    void asked(int people) {
        open++;
        peopleAsked += people;
    }

    void granted(int people) {
        answered(people);
        allowed = Math.min(MOST, 2 * allowed);
    }

    void refused(int people) {
        answered(people);
        allowed = 1;
    }

    /** Questions without an answer. */
    int open() {
        return open;
    }

    private void answered(int people) {
        open--;
        peopleAsked -= people;
    }
}
