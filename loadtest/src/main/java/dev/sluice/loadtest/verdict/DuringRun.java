package dev.sluice.loadtest.verdict;

import java.util.List;

/**
 * What was seen of an engine of our own while a load went on, once a second.
 *
 * @param compared submissions whose counters and deliveries were read in one moment, each as often as they were
 * @param differing of them, how often the two were not the same
 * @param queues of each queue that a node has a bound for, the fullest that any node's was; empty: no node said
 * @param heap the same of the nodes' heaps, garbage with it
 */
public record DuringRun(long compared, long differing, List<Filled> queues, Filled heap) {
    public DuringRun {
        queues = List.copyOf(queues);
    }

    /** Of an engine elsewhere. */
    public static DuringRun unseen() {
        return new DuringRun(0, 0, List.of(), Filled.EMPTY);
    }

    /**
     * Something that fills up.
     *
     * @param name as the engine's metrics say it, without what all of them begin with
     * @param most that was in it
     * @param bound that may be in it
     */
    public record Filled(String name, long most, long bound) {
        /** Nothing was seen of it. */
        public static final Filled EMPTY = new Filled("", 0, 1);

        /** Of its bound; above 1 where it has passed it. */
        double share() {
            return (double) most / bound;
        }

        /** Whichever is nearer to its bound, or farther above it. */
        public static Filled fuller(Filled one, Filled other) {
            return other.share() > one.share() ? other : one;
        }
    }
}
