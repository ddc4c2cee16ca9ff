package dev.sluice.engine.node;

import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The first reply of Redis. One that is just starting, loading or failing over is waited for; one that refuses us, or is not set as it must be, is not, since asking
 * again changes nothing. Says where, never as whom. Blocks, and gives up when interrupted.
 */
final class FirstReply {
    private static final long ATTEMPT_MILLIS = 4_000;
    private static final long PAUSE_MILLIS = 500;
    private static final Pattern REFUSAL =
            Pattern.compile("(NOAUTH|WRONGPASS|NOPERM|ERR AUTH|ERR invalid password|ERR Client sent AUTH).*");

    private final String place;
    private final Supplier<Future<Void>> question;
    private final Consumer<String> told;

    /**
     * @param uri of Redis
     * @param question asked until it is answered; fails with {@link IllegalStateException}, whose words are for people, where asking again changes nothing
     * @param told gets a sentence when Redis has to be waited for, once
     */
    FirstReply(String uri, Supplier<Future<Void>> question, Consumer<String> told) {
        URI at = URI.create(uri);
        this.place = "Redis at " + at.getHost() + (at.getPort() < 0 ? "" : ":" + at.getPort());
        this.question = question;
        this.told = told;
    }

    /**
     * Returns when it has replied.
     *
     * @param patience how long it is waited for at most; the last attempt may end some seconds later
     */
    void await(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean isTold = false;
        Optional<Throwable> trouble = attempt();
        while (trouble.isPresent()) {
            giveUpOn(trouble.get(), end);
            if (!isTold) {
                told.accept("%s does not answer (%s): trying for %d s"
                        .formatted(place, reason(trouble.get()), patience.toSeconds()));
                isTold = true;
            }
            trouble = pause().or(this::attempt);
        }
    }

    /** What Redis says against us is no exception. */
    private Optional<Throwable> attempt() {
        try {
            return question.get()
                    .transform(replied -> Future.succeededFuture(Optional.ofNullable(replied.cause())))
                    .await(ATTEMPT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (Exception lateOrInterrupted) {
            return Optional.of(lateOrInterrupted);
        }
    }

    private void giveUpOn(Throwable trouble, long end) {
        if (trouble instanceof InterruptedException) {
            throw new StartFailure("told to stop before " + place + " had answered", trouble);
        }
        if (trouble instanceof IllegalStateException) {
            throw new StartFailure(trouble.getMessage(), trouble);
        }
        if (REFUSAL.matcher(reason(trouble)).matches()) {
            throw new StartFailure(
                    "%s refuses us (%s): check user and password in redis.uri, and what the user may do"
                            .formatted(place, reason(trouble)),
                    trouble);
        }
        if (System.nanoTime() - end > 0) {
            throw new StartFailure(
                    "%s does not answer (%s): start it, or check redis.uri".formatted(place, reason(trouble)), trouble);
        }
    }

    private static Optional<Throwable> pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return Optional.empty();
        } catch (InterruptedException told) {
            return Optional.of(told);
        }
    }

    private static String reason(Throwable trouble) {
        return trouble instanceof TimeoutException || trouble.getMessage() == null
                ? "no answer"
                : trouble.getMessage().lines().findFirst().orElse("").strip();
    }
}
