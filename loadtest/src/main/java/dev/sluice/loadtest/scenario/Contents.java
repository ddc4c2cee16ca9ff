package dev.sluice.loadtest.scenario;

/**
 * The contents that a load sends; loads whose contents have the same name send the same ones.
 *
 * @param name of them
 * @param count how many the requests take in turn, 0: each has its own; of a campaign, how many campaigns share its people
 */
public record Contents(String name, int count) {
    /** Whether two requests may have the same one. */
    public boolean repeat() {
        return count > 0;
    }

    /** The number of the content that a request has. */
    public long number(long request) {
        return repeat() ? request % count : request;
    }

    /** No more than this. */
    Contents atMost(int most) {
        return new Contents(name, Math.min(count, most));
    }
}
