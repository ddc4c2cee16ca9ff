package dev.sluice.loadtest.load.sending;

import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.client.Promised;
import dev.sluice.loadtest.load.sending.Sent.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;

/** The start of one campaign. One that was not answered may have been done all the same: its campaign is looked at later. Blocks; used once. */
final class CampaignStart {
    private final String path;
    private final CampaignMove move;

    /**
     * @param nodes the send API at one node after the other
     * @param path of the campaign
     */
    CampaignStart(IntFunction<ApiClient> nodes, String path) {
        this.path = path;
        this.move = new CampaignMove(nodes, path + "/start");
    }

    /** Asks for it, again if need be; empty: nobody knows how it ended, and {@link #seen()} may tell. */
    Optional<Answer> ask(Duration limit) {
        return move.ask(limit);
    }

    /** What the campaign itself tells now; empty: it could not be asked. One that is a draft yet may still be started by a request that is under way. */
    Optional<Answer> seen() {
        try {
            if (!"draft".equals(Promised.text(move.next().get(path), "state"))) {
                return Optional.of(Answer.ACCEPTED);
            }
            return Optional.of(move.isUnanswered() ? Answer.NONE : Answer.REFUSED);
        } catch (ApiFailure notNow) {
            return Optional.empty();
        }
    }
}
