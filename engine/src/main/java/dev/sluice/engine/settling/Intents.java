package dev.sluice.engine.settling;

import dev.sluice.engine.settling.CallIntent.Answer;
import dev.sluice.engine.store.GroupWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes intents durable in groups. When Postgres does not say whether an intent is durable, it is withdrawn again and again until that is, so that no call row
 * is left behind of which nobody knows that it never left. Bounded by its callers: a call stays in flight until its intent is decided. Confined to one event loop.
 */
public final class Intents {
    private static final Logger log = LoggerFactory.getLogger(Intents.class);
    /** Intents made durable in one statement, and statements under way at once: see {@link GroupWriter}. */
    private static final int MOST_IN_GROUP = 256;

    private static final int MOST_WRITES = 2;
    /** Half would hammer a database that is coming back; double would keep people from their next call for longer. */
    private static final long RETRY_MILLIS = 500;

    private final GroupWriter<CallIntent, Answer> writer;
    /** In groups too: after an outage all calls in flight are withdrawn at once, and one by one they would take all connections from each other and from outcomes. */
    private final GroupWriter<CallIntent, Void> withdrawer;

    /**
     * @param store where they are written
     */
    public Intents(Vertx vertx, IntentStore store) {
        this.writer = new GroupWriter<>(vertx, MOST_IN_GROUP, MOST_WRITES, store::commit);
        this.withdrawer = new GroupWriter<>(vertx, MOST_IN_GROUP, 1, store::withdraw);
    }

    /** What became of an intent; never fails. */
    public Future<Answer> commit(CallIntent intent) {
        return writer.add(intent).recover(unknown -> {
            String reason = "Postgres did not take the intent: " + unknown.getMessage();
            log.warn("Call {} is withdrawn. {}", intent.callId(), reason);
            return withdrawer.addUntilWritten(intent, RETRY_MILLIS).map(withdrawn -> new Answer.Withdrawn(reason));
        });
    }

    /** Intents that wait for a write to end. */
    public int waiting() {
        return writer.waiting() + withdrawer.waiting();
    }
}
