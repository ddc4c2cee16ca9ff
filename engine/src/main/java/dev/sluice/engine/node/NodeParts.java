package dev.sluice.engine.node;

import dev.sluice.engine.config.EngineConfig;
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
        Readiness readiness) {}
