package dev.sluice.engine.quota;

import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.Disposition;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/**
 * Limits by person and day, over all nodes: whom the platform would drop silently is found here, before a call is spent. Redis holds the marks of the day;
 * after a loss they are rebuilt from the day's calls in Postgres, and until then nobody is admitted.
 *
 * <p>A mark belongs to its delivery. To admit a delivery again, after a lost answer, a crash before the call or a retry, says go again and marks nothing
 * twice; so a mark that never became a call cannot suppress the message that it was made for.
 *
 * <p>The intent of the call must commit within the grant age of {@code admit}, or its people be given back: a rebuild waits that long before it reads.
 */
public interface PeopleGate {
    /** Most travellers in one question; more is a bug of the caller. */
    int MAX_TRAVELLERS = 1_000;

    /**
     * Marks the people who may get the content today and says who may not, all in one step.
     *
     * @return one verdict for each traveller, in their order; or a failed future when the gate cannot say, and then nobody may go
     */
    Future<List<Verdict>> admit(PeopleDay day, UUID contentHash, List<Traveller> travellers);

    /** Rebuilds a day whose state is lost. Harmless for any other. Completes when it is worth asking. */
    Future<Void> warm(PeopleDay day);

    /** Takes the marks of deliveries back that provably were not sent. */
    Future<Void> giveBack(PeopleDay day, List<Traveller> travellers);

    /**
     * Somebody about to travel.
     *
     * @param recipient who
     * @param delivery for which delivery
     */
    record Traveller(String recipient, DeliveryKey delivery) {}

    /** What the gate says about one person. */
    enum Verdict {
        GO(null),
        SAME_CONTENT_TODAY(Disposition.SAME_CONTENT_TODAY),
        DAY_LIMIT(Disposition.PERSON_DAY_LIMIT);

        private final Disposition disposition;

        Verdict(Disposition disposition) {
            this.disposition = disposition;
        }

        /** Why not; null for {@link #GO}. */
        public Disposition disposition() {
            return disposition;
        }
    }
}
