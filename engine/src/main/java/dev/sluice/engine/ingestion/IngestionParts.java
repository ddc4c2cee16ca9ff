package dev.sluice.engine.ingestion;

import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.recovery.CrashPoints;
import dev.sluice.engine.scheduling.status.LaneStatusBoard;
import dev.sluice.engine.scheduling.wake.WakeUps;
import dev.sluice.engine.time.EngineClock;
import io.vertx.sqlclient.Pool;
import java.util.function.Function;

/**
 * What the send API needs from the node; shared by all of its instances.
 *
 * @param acceptancePool Postgres for commits of messages and look-ups of keys only, so that nothing else makes them wait; pipelining limit 1 and prepared
 *     statements cached; a connection for each instance, and some for keys
 * @param pool Postgres for everything else, the same way
 * @param directory tenants and channels
 * @param adapters who checks contents
 * @param wakeUps told after every commit
 * @param lanes asked what holds a waiting delivery
 * @param ids makes ids
 * @param clock time
 * @param meters what is counted
 * @param bounds what is held at most
 * @param crashes told when a node may die with something half done
 */
public record IngestionParts(
        Pool acceptancePool,
        Pool pool,
        Directory directory,
        Function<ChannelKind, ChannelAdapter> adapters,
        WakeUps wakeUps,
        LaneStatusBoard lanes,
        IdSequence ids,
        EngineClock clock,
        IngestionMeters meters,
        IngestionBounds bounds,
        CrashPoints crashes) {}
