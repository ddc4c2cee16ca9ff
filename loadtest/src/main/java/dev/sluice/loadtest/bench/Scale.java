package dev.sluice.loadtest.bench;

import java.util.List;

/**
 * How much is measured.
 *
 * @param warmUp before each measurement that a cold JVM would spoil
 * @param rounds repeats of each measurement after its warm-up; ours and the bare piece take turns in each
 * @param filePeople people in an uploaded file
 * @param loadSeconds how long a load of single sends lasts
 * @param campaigns campaigns of an end-to-end round, each delivered while others are uploaded
 * @param campaignPeople people in each of them
 * @param singlesPeople people of an end-to-end round with one person a call
 * @param idleSends single sends on an idle lane
 * @param gateSeconds how long limits are held under jitter
 * @param peerPeople people of a round beside the peers, one a call
 * @param costPeople people of a round that is counted, a tenth of them with one person a call
 * @param backlogs waiting deliveries at which statements are timed
 */
record Scale(
        WarmUp warmUp,
        int rounds,
        int filePeople,
        int loadSeconds,
        int campaigns,
        int campaignPeople,
        int singlesPeople,
        int idleSends,
        int gateSeconds,
        int peerPeople,
        int costPeople,
        List<Integer> backlogs) {

    static final Scale FULL = new Scale(
            new WarmUp(45),
            5,
            1_000_000,
            10,
            6,
            200_000,
            100_000,
            600,
            190,
            30_000,
            200_000,
            List.of(10_000, 1_000_000, 10_000_000));
    static final Scale SHORT = new Scale(
            new WarmUp(10), 3, 200_000, 4, 4, 50_000, 20_000, 200, 80, 10_000, 20_000, List.of(10_000, 300_000));
}
