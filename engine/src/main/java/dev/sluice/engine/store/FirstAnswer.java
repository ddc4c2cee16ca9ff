package dev.sluice.engine.store;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The first answer of a server that others run. One that is just starting, or failing over, is waited for; one that refuses us is not, since asking again changes
 * nothing. Blocks, and gives up when interrupted.
 */
public final class FirstAnswer {
    /** How long a server that is just starting is waited for. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long PAUSE_MILLIS = 500;

    private final String place;
    private final String key;
    private final Supplier<Optional<Trouble>> attempt;
    private final Consumer<String> told;

    /** Why an attempt failed. */
    public sealed interface Trouble {
        /** What was thrown. */
        Throwable cause();

        /**
         * May be otherwise soon.
         *
         * @param reason in a few words
         */
        record Passing(String reason, Throwable cause) implements Trouble {}

        /**
         * Stays as it is until somebody changes something.
         *
         * @param sentence what it is and what to do
         */
        record Lasting(String sentence, Throwable cause) implements Trouble {}
    }

    /**
     * @param place the server, for people: what and where, never as whom
     * @param key of the configuration, which leads there
     * @param attempt asks it once, for some seconds at most; returns with the thread interrupted where that ended it
     * @param told gets a sentence when the server has to be waited for, once
     */
    public FirstAnswer(String place, String key, Supplier<Optional<Trouble>> attempt, Consumer<String> told) {
        this.place = place;
        this.key = key;
        this.attempt = attempt;
        this.told = told;
    }

    /**
     * Returns when the server has answered.
     *
     * @param patience how long it is waited for at most; the last attempt may end some seconds later
     * @throws IllegalStateException with what the person at the terminal should do
     */
    public void await(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean isTold = false;
        Optional<Trouble> trouble = attempt.get();
        while (trouble.isPresent()) {
            String reason = passingReason(trouble.get());
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        "%s is not reachable (%s): start it, or check %s".formatted(place, reason, key),
                        trouble.get().cause());
            }
            if (!isTold) {
                told.accept("%s is not reachable (%s): trying for %d s".formatted(place, reason, patience.toSeconds()));
                isTold = true;
            }
            pause();
            trouble = attempt.get();
        }
    }

    private String passingReason(Trouble trouble) {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("told to stop before " + place + " had answered", trouble.cause());
        }
        return switch (trouble) {
            case Trouble.Passing passing -> passing.reason();
            case Trouble.Lasting lasting -> throw new IllegalStateException(lasting.sentence(), lasting.cause());
        };
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            // The next attempt ends at once, and it is said.
            Thread.currentThread().interrupt();
        }
    }
}
