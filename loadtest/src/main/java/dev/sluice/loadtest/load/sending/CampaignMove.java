package dev.sluice.loadtest.load.sending;

import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.load.sending.Sent.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;

/** What is asked of a campaign, such as its start: of one node after the other until one says yes or no. Blocks; used once. */
final class CampaignMove {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int NO_ANSWER_BELOW = 300;

    private final IntFunction<ApiClient> nodes;
    private final String path;
    private int turn;
    private boolean done;
    private boolean unanswered;
    /** What failed in the engine may have failed behind the move. */
    private boolean doubtful;

    /**
     * @param nodes the send API at one node after the other
     * @param path of what is asked
     */
    CampaignMove(IntFunction<ApiClient> nodes, String path) {
        this.nodes = nodes;
        this.path = path;
    }

    /** Asks for it, again if need be; empty: nobody knows how it ended. */
    Optional<Answer> ask(Duration limit) {
        Patience.until(limit, this::isOver);
        if (done) {
            return Optional.of(Answer.ACCEPTED);
        }
        return doubtful ? Optional.empty() : Optional.of(Answer.REFUSED);
    }

    private boolean isOver() {
        try {
            next().post(path, new JsonObject());
            done = true;
            return true;
        } catch (ApiFailure failure) {
            boolean none = failure.status() < NO_ANSWER_BELOW;
            boolean failed = none || failure.status() >= SERVER_ERROR;
            unanswered |= none;
            doubtful |= failed;
            return !failed && failure.status() != TOO_MANY_REQUESTS;
        }
    }

    /** Whether some time no answer came. */
    boolean isUnanswered() {
        return unanswered;
    }

    /** The node whose turn it is. */
    ApiClient next() {
        return nodes.apply(turn++);
    }
}
