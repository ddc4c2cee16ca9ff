package dev.sluice.engine.node;

import dev.sluice.engine.store.FirstAnswer;
import dev.sluice.engine.store.FirstAnswer.Trouble;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The first reply of Redis: which of its refusals stay, and what it is not set as it must be. Says where, never as whom. Blocks. */
final class FirstReply {
    private static final long ATTEMPT_MILLIS = 4_000;
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

    /** Returns when it has replied, as {@link FirstAnswer#await} says; throws {@link StartFailure}. */
    void await(Duration patience) {
        try {
            new FirstAnswer(place, "redis.uri", this::attempt, told).await(patience);
        } catch (IllegalStateException e) {
            throw new StartFailure(e.getMessage(), e);
        }
    }

    private Optional<Trouble> attempt() {
        try {
            // What Redis says against us is no exception.
            return question.get()
                    .transform(replied -> Future.succeededFuture(
                            Optional.ofNullable(replied.cause()).map(this::trouble)))
                    .await(ATTEMPT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (Exception lateOrInterrupted) {
            if (lateOrInterrupted instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return Optional.of(trouble(lateOrInterrupted));
        }
    }

    private Trouble trouble(Throwable failure) {
        if (failure instanceof IllegalStateException) {
            return new Trouble.Lasting(failure.getMessage(), failure);
        }
        String reason = reason(failure);
        return REFUSAL.matcher(reason).matches()
                ? new Trouble.Lasting(
                        "%s refuses us (%s): check user and password in redis.uri, and what the user may do"
                                .formatted(place, reason),
                        failure)
                : new Trouble.Passing(reason, failure);
    }

    private static String reason(Throwable failure) {
        return failure instanceof TimeoutException || failure.getMessage() == null
                ? "no answer"
                : failure.getMessage().lines().findFirst().orElse("").strip();
    }
}
