package dev.sluice.engine.scheduling;

import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.OrganisationEntry;
import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.sending.LaneEffect;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes lanes' trouble where the people's side sees it. Thread-safe. */
public final class PgChannelTrouble implements ChannelTrouble {
    private static final Logger log = LoggerFactory.getLogger(PgChannelTrouble.class);

    /** Pauses once, tells the directory and leaves a trace. */
    private static final String PAUSE = """
            WITH paused AS (
              UPDATE channel SET state = 'paused', pause_reason = $2 WHERE id = $1 AND state = 'active' RETURNING id
            ), noted AS (
              INSERT INTO audit (actor, action, target, detail)
              SELECT 'engine', 'channel.pause', 'channel ' || id, jsonb_build_object('reason', $2::text) FROM paused
            )
            SELECT pg_notify('sluice_directory', 'channel ' || id) FROM paused
            """;

    private final Pool pool;
    private final BiFunction<OrganisationEntry, Exhausted, Future<Void>> ledger;

    /**
     * What a platform said about a month.
     *
     * @param budgetPool which pool
     * @param said its words
     */
    public record Exhausted(BudgetPool budgetPool, LaneEffect.MonthSpent said) {}

    /**
     * @param ledger books an exhausted month
     */
    public PgChannelTrouble(Pool pool, BiFunction<OrganisationEntry, Exhausted, Future<Void>> ledger) {
        this.pool = pool;
        this.ledger = ledger;
    }

    @Override
    public Future<Void> pause(ChannelEntry channel, String reason) {
        log.warn("Pausing channel {} of tenant {}: {}", channel.name(), channel.tenantId(), reason);
        return pool.preparedQuery(PAUSE)
                .execute(Tuple.of(channel.id(), reason))
                .onFailure(cause -> log.warn("Channel {} could not be paused: {}", channel.id(), cause.getMessage()))
                .mapEmpty();
    }

    @Override
    public Future<Void> monthSpent(OrganisationEntry organisation, BudgetPool budgetPool, LaneEffect.MonthSpent said) {
        log.warn(
                "The month of organisation {} is used up, says the platform: {}",
                organisation.id(),
                said.code().text());
        return ledger.apply(organisation, new Exhausted(budgetPool, said))
                .onFailure(cause -> log.warn("That could not be booked: {}", cause.getMessage()));
    }
}
