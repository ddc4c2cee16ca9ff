package dev.sluice.engine.store;

import io.vertx.pgclient.PgConnectOptions;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * The first connection to a Postgres that others run. One that is just starting, or failing over, is waited for; one that refuses us is not, since asking again
 * changes nothing. Says where, never as whom. Blocks, and gives up when interrupted.
 */
public final class FirstConnection {
    /** How long a server that is just starting is waited for. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int ATTEMPT_SECONDS = 4;
    private static final long PAUSE_MILLIS = 500;
    /** Nobody there, starting or stopping, no place left: may be otherwise soon. */
    private static final Set<String> PASSING =
            Set.of(PSQLState.CONNECTION_UNABLE_TO_CONNECT.getState(), "57P01", "57P02", "57P03", "53300");

    private final JdbcAddress address;
    private final String place;
    private final Consumer<String> told;

    /** @param told gets a sentence when the server has to be waited for, once */
    public FirstConnection(PgConnectOptions server, Consumer<String> told) {
        this.address = JdbcAddress.of(server).withLoginTimeout(ATTEMPT_SECONDS);
        this.place = "Postgres at %s:%d".formatted(server.getHost(), server.getPort());
        this.told = told;
    }

    /**
     * Returns when the server lets us in.
     *
     * @param patience how long it is waited for at most; the last attempt may end some seconds later
     * @throws IllegalStateException with what the person at the terminal should do
     */
    public void await(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean isTold = false;
        Optional<SQLException> failure = attempt();
        while (failure.isPresent()) {
            giveUpOn(failure.get(), end);
            if (!isTold) {
                told.accept("%s is not reachable (%s): trying for %d s"
                        .formatted(place, reason(failure.get()), patience.toSeconds()));
                isTold = true;
            }
            pause();
            failure = attempt();
        }
    }

    private Optional<SQLException> attempt() {
        try {
            DriverManager.getConnection(address.url(), address.user(), address.password())
                    .close();
            return Optional.empty();
        } catch (SQLException failed) {
            return Optional.of(failed);
        }
    }

    private void giveUpOn(SQLException failure, long end) {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("told to stop before " + place + " had answered", failure);
        }
        if (!PASSING.contains(String.valueOf(failure.getSQLState()))) {
            throw new IllegalStateException(
                    "%s refuses the connection (%s): check user, password and database in postgres.uri"
                            .formatted(place, reason(failure)),
                    failure);
        }
        if (System.nanoTime() - end > 0) {
            throw new IllegalStateException(
                    "%s is not reachable (%s): start it, or check postgres.uri".formatted(place, reason(failure)),
                    failure);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            // The next attempt ends at once, and says so.
            Thread.currentThread().interrupt();
        }
    }

    /** Why, in a few words: the server's own if it said any. */
    private static String reason(SQLException failure) {
        if (failure instanceof PSQLException said && said.getServerErrorMessage() != null) {
            return String.valueOf(said.getServerErrorMessage().getMessage());
        }
        return switch (failure.getCause()) {
            case UnknownHostException nowhere -> "unknown host";
            case EOFException hungUp -> "it hangs up; is it a Postgres?";
            case IOException broken -> String.valueOf(broken.getMessage());
            case null -> isLate(failure) ? "no answer; is it a Postgres?" : failure.getMessage();
            default -> failure.getMessage();
        };
    }

    /** Of a failure without a cause: whether the time for the attempt was over. */
    private static boolean isLate(SQLException failure) {
        return PSQLState.CONNECTION_UNABLE_TO_CONNECT.getState().equals(failure.getSQLState());
    }
}
