package dev.sluice.engine.embedded;

import dev.sluice.engine.store.JdbcAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A process of its own that starts the stores, commits a row, says so, and waits to be killed. */
final class StoresHolder {
    static final String READY = "ready";

    private StoresHolder() {}

    public static void main(String[] args) throws Exception {
        EmbeddedStores stores = EmbeddedStores.in(Path.of(args[0]));
        JdbcAddress address = JdbcAddress.of(stores.startPostgres());
        stores.startRedis();
        try (Connection connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (word text)");
            statement.execute("INSERT INTO kept VALUES ('still here')");
        }
        System.out.println(READY);
        Thread.sleep(Long.MAX_VALUE);
    }
}
