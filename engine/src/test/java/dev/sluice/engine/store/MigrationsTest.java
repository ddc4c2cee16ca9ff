package dev.sluice.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({PostgresExtension.class, VertxExtension.class})
class MigrationsTest {
    @Test
    void anEmptyDatabaseIsBroughtToTheCurrentSchemaAndASecondRunChangesNothing(TestDatabase database) {
        database.unmigrate();
        int pending = Migrations.pending(database.jdbcAddress());

        assertThat(pending).isPositive();
        assertThat(Migrations.run(database.jdbcAddress())).isEqualTo(pending);
        assertThat(Migrations.run(database.jdbcAddress())).isZero();
        assertThat(database.number("SELECT count(*) FROM tenant")).isZero();
    }

    @Test
    void twoProcessesThatMigrateAtTheSameTimeApplyEachMigrationOnce(TestDatabase database) throws Exception {
        database.unmigrate();
        int pending = Migrations.pending(database.jdbcAddress());

        CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> Migrations.run(database.jdbcAddress()));
        CompletableFuture<Integer> other = CompletableFuture.supplyAsync(() -> Migrations.run(database.jdbcAddress()));

        assertThat(one.get(120, TimeUnit.SECONDS) + other.get(120, TimeUnit.SECONDS))
                .isEqualTo(pending);
    }

    @Test
    void aCorpThatIsRegisteredTwiceStopsTheMigrationWhichSaysWhichAndWhatToDo(TestDatabase database) {
        database.unmigrate();
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(
                        database.jdbcAddress().url(),
                        database.jdbcAddress().user(),
                        database.jdbcAddress().password())
                .locations("classpath:db/migration")
                .target("7")
                .load()
                .migrate();
        database.execute("""
                INSERT INTO tenant (name) VALUES ('one'), ('two');
                INSERT INTO organisation (tenant_id, platform, corp_id, name)
                  VALUES (1, 'dingtalk', 'ding1', 'a'), (2, 'dingtalk', 'ding1', 'b'), (2, 'lark', 'ding1', 'c')
                """);

        assertThatThrownBy(() -> Migrations.run(database.jdbcAddress()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("organisations that are one corp: 1, 2. Keep one of each.");
        database.execute("UPDATE organisation SET corp_id = corp_id || ' twice ' || id WHERE id = 2");
        assertThat(Migrations.run(database.jdbcAddress())).isPositive();
    }

    @Test
    void migratingOnAnEventLoopIsRefused(Vertx vertx, TestDatabase database) {
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        vertx.runOnContext(go -> {
            try {
                refusal.complete(new AssertionError("ran " + Migrations.run(database.jdbcAddress())));
            } catch (IllegalStateException e) {
                refusal.complete(e);
            }
        });
        assertThat(refusal)
                .succeedsWithin(60, TimeUnit.SECONDS)
                .satisfies(e ->
                        assertThat(e).hasMessageContaining("event loop").isInstanceOf(IllegalStateException.class));
    }

    @Test
    void aFailureIsSaidInOneLineAndWithoutThePassword(TestDatabase database) {
        JdbcAddress wrong = new JdbcAddress(database.jdbcAddress().url(), "me", "hush-hush");
        assertThatThrownBy(() -> Migrations.run(wrong))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("the database schema could not be brought up to date: .*authentication failed.*")
                .hasMessageNotContaining("hush-hush");
        assertThat(wrong.toString()).doesNotContain("hush-hush");
    }

    @Test
    void timeoutsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> new PgTimeouts(1, 10, 10)).hasMessageContaining("longer than statementMillis");
    }
}
