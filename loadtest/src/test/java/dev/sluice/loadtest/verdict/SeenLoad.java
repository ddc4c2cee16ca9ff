package dev.sluice.loadtest.verdict;

/** What the client of a good run saw, and what a test wants it to have seen instead. */
final class SeenLoad {
    private boolean disturbed = false;
    private long refused = 1;
    private double mostRefusedShare = 0.01;
    private Snapshot.Latencies accepted = new Snapshot.Latencies(99, 0, 5, 20, 30);
    private double singlesP99BoundMillis = 0;
    private double acceptP99BoundMillis = 20;
    private long foundRows = 1;
    private long unanswered = 1;
    private long foreignPeople = 0;
    private long waiting = 5;
    private long unexplained = 0;
    private long ownEnds = 0;
    private LoadReading.Strangers strangers = new LoadReading.Strangers(8, 8);
    private DuringRun during = Runs.during(512, 512);
    private LoadReading.Behaviour behaviour = behaviour(0);

    /** Of each kind of behaviour, so many wrong. */
    private static LoadReading.Behaviour behaviour(long wrong) {
        return new LoadReading.Behaviour(
                new LoadReading.Ends(3, wrong),
                new LoadReading.Ends(2, wrong),
                new LoadReading.Repeats(20, wrong),
                new LoadReading.Told(200, wrong),
                new LoadReading.Urgent(30, wrong));
    }

    /** Of 100 requests. */
    LoadReading reading() {
        return new LoadReading(
                disturbed,
                100,
                refused,
                mostRefusedShare,
                accepted,
                acceptP99BoundMillis,
                singlesP99BoundMillis,
                foundRows,
                unanswered,
                foreignPeople,
                waiting,
                unexplained,
                ownEnds,
                strangers,
                during,
                behaviour);
    }

    SeenLoad disturbed(boolean byFaults) {
        disturbed = byFaults;
        return this;
    }

    SeenLoad refused(long requests) {
        refused = requests;
        return this;
    }

    SeenLoad mostRefusedShare(double share) {
        mostRefusedShare = share;
        return this;
    }

    SeenLoad accepted(Snapshot.Latencies latencies) {
        accepted = latencies;
        return this;
    }

    SeenLoad acceptP99BoundMillis(double bound) {
        acceptP99BoundMillis = bound;
        return this;
    }

    SeenLoad singlesP99BoundMillis(double bound) {
        singlesP99BoundMillis = bound;
        return this;
    }

    /** Of the requests without an answer, so many had made rows. */
    SeenLoad unanswered(long requests, long found) {
        unanswered = requests;
        foundRows = found;
        return this;
    }

    SeenLoad foreignPeople(long people) {
        foreignPeople = people;
        return this;
    }

    SeenLoad waiting(long people) {
        waiting = people;
        return this;
    }

    SeenLoad unexplained(long people) {
        unexplained = people;
        return this;
    }

    SeenLoad ownEnds(long nodes) {
        ownEnds = nodes;
        return this;
    }

    SeenLoad strangers(LoadReading.Strangers asking) {
        strangers = asking;
        return this;
    }

    SeenLoad during(DuringRun run) {
        during = run;
        return this;
    }

    /** One of each kind went wrong. */
    SeenLoad misbehaving() {
        behaviour = behaviour(1);
        return this;
    }

    SeenLoad behaviourUnseen() {
        behaviour = LoadReading.Behaviour.UNSEEN;
        return this;
    }
}
