package dev.sluice.loadtest.verdict;

import java.util.List;
import java.util.stream.Collectors;

/** What must hold whatever happens; a promise of the verdict looks at one or two of them from one side. */
public enum Invariant {
    /** Who got a 202 is in the database, whatever stops afterwards. */
    I1,
    /** Everybody who was accepted is in exactly one state, and the sums are equal. */
    I2,
    /** No limit of the platform is passed, whichever node calls. */
    I3,
    /** Nobody gets the same message twice through us. */
    I4,
    /** What is booked is what the platform metered. */
    I5,
    /** No tenant sees, slows or spends what is another's. */
    I6,
    /** Whoever waits knows by what they are held, and until when. */
    I7,
    /** Memory and queues are bounded. */
    I8;

    /** Some of them in one line. */
    public static String names(List<Invariant> some) {
        return some.stream().map(Invariant::name).collect(Collectors.joining(" "));
    }
}
