package dev.sluice.peers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The peers' connections: the same server as the engine's, a schema of their own. */
final class Database implements AutoCloseable {
    private final HikariDataSource source;

    Database(PeerSettings settings, String schema) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.jdbcUrl());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setSchema(schema);
        config.setConnectionInitSql("CREATE SCHEMA IF NOT EXISTS " + schema);
        config.setMaximumPoolSize(settings.threads());
        // Inserts of a batch travel as one statement of many rows (pgJDBC, "reWriteBatchedInserts").
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        this.source = new HikariDataSource(config);
    }

    HikariDataSource source() {
        return source;
    }

    void run(String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException trouble) {
            throw new IllegalStateException(trouble);
        }
    }

    /** Writes one row. */
    void insert(String sql, String text, long number) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, text);
            statement.setLong(2, number);
            statement.executeUpdate();
        } catch (SQLException trouble) {
            throw new IllegalStateException(trouble);
        }
    }

    long number(String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException trouble) {
            throw new IllegalStateException(trouble);
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
