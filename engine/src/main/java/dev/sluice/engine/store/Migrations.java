package dev.sluice.engine.store;

import io.vertx.core.Context;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;

/**
 * Brings a database to the schema of this build: numbered, forward only, each once. Runs over JDBC and blocks, so it belongs on a plain thread before anything
 * is deployed; two at the same time wait for each other on a lock in the database. Running it again changes nothing.
 */
public final class Migrations {
    private static final String LOCATION = "classpath:db/migration";
    /** To be let in. A statement has no limit: one that rewrites a large table takes what it takes. */
    private static final int LOGIN_SECONDS = 30;
    /** Whoever migrates at the same time is waited for as long as that takes. */
    private static final int NEVER_GIVE_UP = -1;

    private Migrations() {}

    /**
     * Applies what is missing.
     *
     * @return how many migrations were applied, 0 when the schema was current
     * @throws IllegalStateException when called on an event loop, or when a migration fails or was edited after it had been applied
     */
    public static int run(JdbcAddress address) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("migrations block: run them on a plain thread, not on an event loop");
        }
        try {
            return flyway(address).migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw new IllegalStateException("the database schema could not be brought up to date: " + inOneLine(e), e);
        }
    }

    /**
     * How many migrations of this build the database lacks. Blocks like {@link #run}.
     *
     * @throws IllegalStateException when the database cannot be asked
     */
    public static int pending(JdbcAddress address) {
        try {
            return flyway(address).info().pending().length;
        } catch (FlywayException e) {
            throw new IllegalStateException("the database schema could not be read: " + inOneLine(e), e);
        }
    }

    /**
     * How many migrations the database has that this build does not know, since a newer one made them. Blocks like {@link #run}.
     *
     * @throws IllegalStateException when the database cannot be asked
     */
    public static int unknown(JdbcAddress address) {
        try {
            return (int) Arrays.stream(flyway(address).info().applied())
                    .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
                    .count();
        } catch (FlywayException e) {
            throw new IllegalStateException("the database schema could not be read: " + inOneLine(e), e);
        }
    }

    /** What Postgres said where it did; Flyway frames that in a block of many lines. */
    private static String inOneLine(FlywayException failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        String message = String.valueOf((cause == null ? failure : cause).getMessage());
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static Flyway flyway(JdbcAddress address) {
        JdbcAddress bounded = address.withLoginTimeout(LOGIN_SECONDS);
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(bounded.url(), bounded.user(), bounded.password())
                .locations(LOCATION)
                .lockRetryCount(NEVER_GIVE_UP)
                .cleanDisabled(true)
                .load();
    }
}
