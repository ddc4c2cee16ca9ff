package dev.sluice.engine.directory;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.secret.AppSecrets;
import dev.sluice.engine.secret.MasterKeys;
import dev.sluice.engine.secret.SecretBox;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.ManualClock;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@ExtendWith(PostgresExtension.class)
class PgDirectoryTest {
    private static final long NEVER_MILLIS = 3_600_000;
    private static final long DEADLINE_SECONDS = 120;

    private final Vertx vertx = Vertx.vertx();
    private final ManualClock clock = ManualClock.at("2026-11-21T08:00:00Z");
    private final SecretBox box =
            new SecretBox(MasterKeys.parse(Base64.getEncoder().encodeToString(new byte[32])), new SecureRandom());
    private final LinkedBlockingQueue<Integer> changes = new LinkedBlockingQueue<>();
    private Pool pool;
    private PgDirectory directory;

    @BeforeEach
    void oneChannelOfAnOrganisationOnStandard(TestDatabase database) {
        pool = PgPools.create(vertx, database.connectOptions(), PgTimeouts.STANDARD, "directory", 4, 100);
        String sealed = HexFormat.of().formatHex(new AppSecrets(box).seal(1, 1, Map.of("appSecret", "s")));
        database.execute("""
                INSERT INTO tenant (name) VALUES ('acme');
                INSERT INTO organisation (tenant_id, platform, corp_id, name) VALUES (1, 'dingtalk', 'corp', 'acme');
                INSERT INTO organisation_profile VALUES (1, '2026-01-01', 'standard');
                INSERT INTO app (tenant_id, organisation_id, name, app_key, secrets_cipher) VALUES (1, 1, 'a', 'k', '\\x%s');
                INSERT INTO channel (tenant_id, app_id, kind, name) VALUES (1, 1, 'dingtalk-work', 'notices')
                """.formatted(sealed));
    }

    @AfterEach
    void stop() {
        directory.stop().await();
        pool.close().await();
        vertx.close().await();
    }

    @Test
    void aNotificationBringsAChangeAtOnce(TestDatabase database) throws InterruptedException {
        start(database, NEVER_MILLIS);
        assertThat(directory.channel(1, "notices").orElseThrow().app().secrets())
                .containsEntry("appSecret", "s");
        database.execute("UPDATE channel SET state = 'paused', pause_reason = 'audit'");
        assertThat(changes.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isNotNull();
        assertThat(directory.channel(1).orElseThrow().pauseReason()).isEqualTo("audit");
        assertThat(directory.channelsOfApp(1)).hasSize(1);
    }

    @Test
    void aLostNotificationCostsOneRefreshInterval(TestDatabase database) throws InterruptedException {
        database.execute("ALTER TABLE directory_version DISABLE TRIGGER directory_version_notify");
        start(database, 50);
        database.execute("UPDATE tenant SET state = 'paused'");
        assertThat(changes.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isNotNull();
        assertThat(directory.channel(1).orElseThrow().tenantActive()).isFalse();
    }

    @Test
    void theWeightOfATenantStandsAtItsChannels(TestDatabase database) throws InterruptedException {
        start(database, NEVER_MILLIS);
        assertThat(directory.channel(1).orElseThrow().tenantWeight()).isEqualTo(1);
        database.execute("UPDATE tenant SET weight = 3");
        assertThat(changes.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isNotNull();
        assertThat(directory.channel(1).orElseThrow().tenantWeight()).isEqualTo(3);
    }

    @Test
    void nothingIsReadAgainWhenNothingChanged(TestDatabase database) {
        start(database, NEVER_MILLIS);
        ChannelEntry before = directory.channel(1).orElseThrow();
        directory.refresh().await();
        assertThat(directory.channel(1).orElseThrow()).isSameAs(before);
        assertThat(changes).isEmpty();
    }

    @Test
    void datedLimitsSwitchAtThePlatformsMidnight(TestDatabase database) {
        database.execute("INSERT INTO organisation_profile VALUES (1, '2026-11-22', 'professional');"
                + "INSERT INTO limit_profile VALUES ('professional', '2026-11-22', 'people-per-minute', NULL, 'ends')");
        start(database, 20);
        clock.jumpTo(Instant.parse("2026-11-21T15:59:59.999Z"));
        directory.refresh().await();
        assertThat(limits().value(Limits.QPS_PER_APP_AND_API)).hasValue(20);
        clock.advance(Duration.ofMillis(1));
        await(() -> !changes.isEmpty());
        assertThat(limits().value(Limits.QPS_PER_APP_AND_API)).hasValue(40);
        assertThat(limits().value(Limits.PEOPLE_PER_MINUTE)).isEmpty();
    }

    @Test
    void anOrganisationWithoutLimitsInForceIsHeldBackButUnlimitedIsAChoice(TestDatabase database) {
        database.execute("UPDATE organisation_profile SET profile = 'standrad'");
        start(database, NEVER_MILLIS);
        assertThat(directory.channel(1).orElseThrow().paused()).isTrue();
        assertThat(directory.channel(1).orElseThrow().pauseReason()).contains("standrad");
        database.execute("UPDATE organisation_profile SET profile = 'unlimited'");
        directory.refresh().await();
        assertThat(directory.channel(1).orElseThrow().paused()).isFalse();
        assertThat(limits().values()).isEmpty();
    }

    @Test
    void secretsThatDoNotOpenPauseTheirChannelsAndAreSaidInOneLine(TestDatabase database) {
        database.execute("""
                INSERT INTO app (tenant_id, organisation_id, name, app_key, secrets_cipher)
                VALUES (1, 1, 'b', 'k2', '\\x00'), (1, 1, 'c', 'k3', '\\x00');
                INSERT INTO channel (tenant_id, app_id, kind, name) VALUES (1, 2, 'dingtalk-work', 'b'), (1, 3, 'dingtalk-work', 'c')
                """);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(DirectorySnapshot.class);
        log.addAppender(lines);
        lines.start();
        try {
            start(database, NEVER_MILLIS);
        } finally {
            log.detachAppender(lines);
        }
        assertThat(directory.channel(1, "notices").orElseThrow().paused()).isFalse();
        assertThat(directory.channel(1, "b").orElseThrow().pauseReason()).contains("The secrets of app 2 do not open");
        assertThat(directory.channel(1, "c").orElseThrow().pauseReason()).contains("The secrets of app 3 do not open");
        assertThat(lines.list)
                .singleElement()
                .asString()
                .contains("2 of 3 apps do not open", "give the node the right master key");
    }

    private Limits limits() {
        return directory.channel(1).orElseThrow().app().organisation().limits();
    }

    private void start(TestDatabase database, long refreshMillis) {
        directory =
                new PgDirectory(vertx, pool, database.connectOptions(), PgTimeouts.STANDARD, box, clock, refreshMillis);
        directory.start().await();
        directory.onChange(() -> changes.add(1));
    }

    private void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            directory.refresh().await();
        }
    }
}
