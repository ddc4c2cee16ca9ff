package dev.sluice.loadtest.scenario;

/**
 * The people of a request or of a campaign.
 *
 * @param people how many, before duplicates
 * @param duplicateShare of them, who stand in the same request or file again
 * @param unknownShare of them, whom the platform does not know
 */
public record Audience(int people, double duplicateShare, double unknownShare) {
    /** How many of so many stand in it again. */
    public int again(int of) {
        return (int) Math.round(of * duplicateShare);
    }

    /** How many the platform knows at least. */
    int known() {
        return (int) Math.floor(people * (1 - unknownShare));
    }

    Audience scaled(double scale) {
        return new Audience(Scaling.count(people, scale), duplicateShare, unknownShare);
    }
}
