package dev.sluice.engine.scheduling;

import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.OrganisationEntry;
import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.sending.LaneEffect;
import io.vertx.core.Future;

/** What lanes tell the people's side. */
public interface ChannelTrouble {
    /** Only a person can mend it: the channel stays paused until somebody resumes it. */
    Future<Void> pause(ChannelEntry channel, String reason);

    /** The platform says that the month is used up. */
    Future<Void> monthSpent(OrganisationEntry organisation, BudgetPool pool, LaneEffect.MonthSpent said);
}
