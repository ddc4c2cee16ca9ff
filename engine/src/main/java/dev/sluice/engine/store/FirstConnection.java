package dev.sluice.engine.store;

import dev.sluice.engine.store.FirstAnswer.Trouble;
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

/** The first connection to a Postgres that others run: which of its refusals pass. Says where, never as whom. Blocks. */
public final class FirstConnection {
    private static final int ATTEMPT_SECONDS = 4;
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

    /** Returns when the server lets us in, as {@link FirstAnswer#await} says. */
    public void await(Duration patience) {
        new FirstAnswer(place, "postgres.uri", this::attempt, told).await(patience);
    }

    private Optional<Trouble> attempt() {
        try {
            DriverManager.getConnection(address.url(), address.user(), address.password())
                    .close();
            return Optional.empty();
        } catch (SQLException failed) {
            return Optional.of(trouble(failed));
        }
    }

    private Trouble trouble(SQLException failure) {
        return PASSING.contains(String.valueOf(failure.getSQLState()))
                ? new Trouble.Passing(reason(failure), failure)
                : new Trouble.Lasting(
                        "%s refuses the connection (%s): check user, password and database in postgres.uri"
                                .formatted(place, reason(failure)),
                        failure);
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
