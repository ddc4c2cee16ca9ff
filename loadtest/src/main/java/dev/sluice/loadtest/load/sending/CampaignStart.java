package dev.sluice.loadtest.load.sending;

import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.client.Promised;
import dev.sluice.loadtest.load.sending.Sent.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The start of one campaign, asked of one node after the other until one says yes or no. One that was not answered may have been done all the same: its campaign
 * is looked at later. Blocks; used once.
 */
final class CampaignStart {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int NO_ANSWER_BELOW = 300;

    private final IntFunction<ApiClient> nodes;
    private final String path;
    private int turn;
    private boolean started;
    private boolean unanswered;
    /** What failed in the engine may have failed behind the start. */
    private boolean doubtful;

    /**
     * @param nodes the send API at one node after the other
     * @param id of the campaign
     */
    CampaignStart(IntFunction<ApiClient> nodes, String id) {
        this.nodes = nodes;
        this.path = "/v1/campaigns/" + id;
    }

    /** Asks for it, again if need be; empty: nobody knows how it ended, and {@link #seen()} may tell. */
    Optional<Answer> ask(Duration limit) {
        Patience.until(limit, this::isOver);
        if (started) {
            return Optional.of(Answer.ACCEPTED);
        }
        return doubtful ? Optional.empty() : Optional.of(Answer.REFUSED);
    }

    private boolean isOver() {
        try {
            next().post(path + "/start", new JsonObject());
            started = true;
            return true;
        } catch (ApiFailure failure) {
            boolean none = failure.status() < NO_ANSWER_BELOW;
            boolean failed = none || failure.status() >= SERVER_ERROR;
            unanswered |= none;
            doubtful |= failed;
            return !failed && failure.status() != TOO_MANY_REQUESTS;
        }
    }

    /** What the campaign itself tells now; empty: it could not be asked. One that is a draft yet may still be started by a request that is under way. */
    Optional<Answer> seen() {
        try {
            if (!"draft".equals(Promised.text(next().get(path), "state"))) {
                return Optional.of(Answer.ACCEPTED);
            }
            return Optional.of(unanswered ? Answer.NONE : Answer.REFUSED);
        } catch (ApiFailure notNow) {
            return Optional.empty();
        }
    }

    private ApiClient next() {
        return nodes.apply(turn++);
    }
}
