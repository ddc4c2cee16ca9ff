package dev.sluice.loadtest.load.remote;

import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.ApiFailure;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Questions to the send API of an engine elsewhere, and since when it tells nothing. Blocks; for any thread. */
public final class RemoteEngine {
    /** Of an engine that comes and goes more often the later ones are not kept. */
    private static final int MOST_ABSENCES = 40;

    private final ApiClient api;
    private final List<Absence> ended = new ArrayList<>();
    private Absence absence;
    private long answeredNanos = System.nanoTime();

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
     * @param untilNanos the last question in vain or, when it is over, the first that was answered
     * @param status of the last refusal, 0 when no answer came, 200 when it was not what the API promises
     */
    public record Absence(long sinceNanos, long untilNanos, int status) {}

    /**
     * Asks for something; fails with {@link ApiFailure}.
     *
     * @param reading what is wanted of the answer; fails in the same way where that is not in it
     */
    public <T> T get(String path, Function<JsonObject, T> reading) {
        long askedAtNanos = System.nanoTime();
        try {
            T read = reading.apply(api.get(path));
            answered(askedAtNanos);
            return read;
        } catch (ApiFailure failure) {
            if (failure.isNotFound()) {
                answered(askedAtNanos);
            } else {
                unanswered(askedAtNanos, failure.status());
            }
            throw failure;
        }
    }

    /** Empty while it answers. */
    public synchronized Optional<Absence> absence() {
        return Optional.ofNullable(absence);
    }

    /** Those that are over, in order. */
    public synchronized List<Absence> ended() {
        return List.copyOf(ended);
    }

    /** An answer to a question that is older than one in vain says nothing of now. */
    private synchronized void answered(long askedAtNanos) {
        answeredNanos = askedAtNanos;
        if (absence == null || askedAtNanos - absence.untilNanos() < 0) {
            return;
        }
        if (ended.size() < MOST_ABSENCES) {
            ended.add(new Absence(absence.sinceNanos(), askedAtNanos, absence.status()));
        }
        absence = null;
    }

    /** Neither does one in vain that is older than one that was answered. */
    private synchronized void unanswered(long askedAtNanos, int status) {
        if (absence != null) {
            absence = new Absence(absence.sinceNanos(), askedAtNanos, status);
        } else if (askedAtNanos - answeredNanos >= 0) {
            absence = new Absence(askedAtNanos, askedAtNanos, status);
        }
    }
}
