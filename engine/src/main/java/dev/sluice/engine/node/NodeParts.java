package dev.sluice.engine.node;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.recovery.CrashPoints;
import dev.sluice.engine.redis.RedisCommands;
import dev.sluice.engine.secret.MasterKeys;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.time.EngineClock;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;

/**
 * What every part of a node shares; all lent, closed by the {@link Engine} after the last part stopped.
 *
 * @param pool the node's Postgres connections
 * @param postgres the same server, with our limits, for connections of their own: subscriptions, the heartbeat
 * @param postgresTimeouts how long Postgres may take
 * @param crashes told when this node may die with something half done
 */
public record NodeParts(
        EngineConfig config,
        Vertx vertx,
        EngineClock clock,
        PrometheusMeterRegistry meters,
        Pool pool,
        PgConnectOptions postgres,
        PgTimeouts postgresTimeouts,
        RedisCommands redis,
        MasterKeys masterKeys,
        Readiness readiness,
        CrashPoints crashes) {
    /** The same, with somebody who listens where the node may die: for tests of recovery. */
    public NodeParts with(CrashPoints listener) {
        return new NodeParts(
                config, vertx, clock, meters, pool, postgres, postgresTimeouts, redis, masterKeys, readiness, listener);
    }
}
