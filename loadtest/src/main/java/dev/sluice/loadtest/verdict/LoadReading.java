package dev.sluice.loadtest.verdict;

/**
 * What the client of a load saw, and what only a load has.
 *
 * @param disturbed whether faults were made: full batches and full minutes are not asked for then
 * @param requests sent
 * @param refused of them, those that ended without a promise
 * @param mostRefusedShare of all requests
 * @param accepted latency from the intended start to the answer
 * @param acceptP99BoundMillis 0: not judged
 * @param singlesP99BoundMillis of the single sends until the platform has them; 0: not judged
 * @param foundRows submissions in the rows that no request of the client explains
 * @param unanswered of the refused, those that got no answer and may have made one
 * @param foreignPeople people in calls of an organisation that are none of its own
 * @param waiting deliveries of loads that may wait, asked why and until when
 * @param unexplained of them, those that could not say
 * @param ownEnds how often a node ended although nobody ended it, whether it came back or not: out of memory, for example
 * @param strangers who asked for what is another's
 * @param during what was seen while it went on
 * @param behaviour what no count tells
 */
public record LoadReading(
        boolean disturbed,
        long requests,
        long refused,
        double mostRefusedShare,
        Snapshot.Latencies accepted,
        double acceptP99BoundMillis,
        double singlesP99BoundMillis,
        long foundRows,
        long unanswered,
        long foreignPeople,
        long waiting,
        long unexplained,
        long ownEnds,
        Strangers strangers,
        DuringRun during,
        Behaviour behaviour) {
    /**
     * What an engine may do wrong although all its counts are right.
     *
     * @param deadlines of what was sent
     * @param cancels of what was sent
     * @param repeats of what was accepted
     * @param told of those who are settled
     * @param urgent of what is more urgent than bulk
     */
    public record Behaviour(Ends deadlines, Ends cancels, Repeats repeats, Told told, Urgent urgent) {
        /** Nothing has a deadline, was cancelled, was repeated or is urgent, and nobody who is settled was asked about; or nobody looks. */
        public static final Behaviour UNSEEN =
                new Behaviour(new Ends(0, 0), new Ends(0, 0), new Repeats(0, 0), new Told(0, 0), new Urgent(0, 0));
    }

    /**
     * Contents that nobody is to be shown from some time on.
     *
     * @param contents how many
     * @param passed of them, those that somebody was shown after it
     */
    public record Ends(long contents, long passed) {}

    /**
     * Requests that were sent again with their key after they had been accepted.
     *
     * @param answered how many
     * @param otherwise of them, those whose answer was not the first one's
     */
    public record Repeats(long answered, long otherwise) {}

    /**
     * Settled deliveries that were asked for one by one.
     *
     * @param asked how many
     * @param wrongly of them, those whose answer was not what the rows say, or did not say why where somebody got nothing
     */
    public record Told(long asked, long wrongly) {}

    /**
     * Single sends that are more urgent than bulk.
     *
     * @param asked how many
     * @param overtaken of them, those that waited while their app made more calls with bulk than fit into a second
     */
    public record Urgent(long asked, long overtaken) {}

    /**
     * Tenants that asked for what is another's.
     *
     * @param asked how often; 0 with one tenant alone
     * @param hidden of them, how often the answer was that of what does not exist
     */
    public record Strangers(long asked, long hidden) {}
}
