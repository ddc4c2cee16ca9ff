package dev.sluice.engine.ingestion;

import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.recovery.CrashPoints;
import dev.sluice.engine.scheduling.LaneStatusBoard;
import dev.sluice.engine.scheduling.WakeUps;
import dev.sluice.engine.time.EngineClock;
import io.vertx.sqlclient.Pool;
import java.util.function.Function;

/**
 * What the send API needs from the node; shared by all of its instances.
 *
 * @param pool Postgres, pipelining limit 1 and prepared statements cached; needs a connection for each instance and each upload to run at full speed
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
