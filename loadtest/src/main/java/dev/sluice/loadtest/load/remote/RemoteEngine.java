package dev.sluice.loadtest.load.remote;

import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.ApiFailure;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Questions to the send API of an engine elsewhere, and since when it tells nothing. Blocks; for any thread. */
public final class RemoteEngine {
    private static final int NOT_FOUND = 404;

    private final ApiClient api;
    private Absence absence;

    /**
     * @param api its send API; lent
     */
    public RemoteEngine(ApiClient api) {
        this.api = api;
    }

    /**
     * A time in which no question was answered.
     *
     * @param sinceNanos the first question in vain, on the clock of {@link System#nanoTime()}
     * @param status of the last answer, 0 when none came
     */
    public record Absence(long sinceNanos, int status) {}

    /** Reads something; fails with {@link ApiFailure}. */
    public JsonObject get(String path) {
        long askedAtNanos = System.nanoTime();
        try {
            JsonObject answer = api.get(path);
            answered();
            return answer;
        } catch (ApiFailure failure) {
            if (isAnswer(failure)) {
                answered();
            } else {
                unanswered(askedAtNanos, failure.status());
            }
            throw failure;
        }
    }

    /** Whether a failure tells what was asked: there is no such thing. */
    static boolean isAnswer(ApiFailure failure) {
        return failure.status() == NOT_FOUND;
    }

    /** Empty while it answers. */
    public synchronized Optional<Absence> absence() {
        return Optional.ofNullable(absence);
    }

    private synchronized void answered() {
        absence = null;
    }

    private synchronized void unanswered(long askedAtNanos, int status) {
        absence = new Absence(absence == null ? askedAtNanos : absence.sinceNanos(), status);
    }
}
