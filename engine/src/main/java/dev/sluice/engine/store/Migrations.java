package dev.sluice.engine.store;

import io.vertx.core.Context;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a database to the schema of this build: numbered, forward only, each once. Runs over JDBC and blocks, so it belongs on a plain thread before anything
 * is deployed; two at the same time wait for each other on a lock in the database. Running it again changes nothing.
 */
public final class Migrations {
    private static final String LOCATION = "classpath:db/migration";
    /** A server that has just been started, or is failing over, gets this many seconds. */
    private static final int CONNECT_RETRIES = 10;

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
            throw new IllegalStateException(
                    "the database schema could not be brought up to date: " + e.getMessage(), e);
        }
    }

    /** How many migrations of this build the database lacks. Blocks like {@link #run}. */
    public static int pending(JdbcAddress address) {
        return flyway(address).info().pending().length;
    }

    private static Flyway flyway(JdbcAddress address) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(address.url(), address.user(), address.password())
                .locations(LOCATION)
                .connectRetries(CONNECT_RETRIES)
                .cleanDisabled(true)
                .load();
    }
}
