package dev.sluice.loadtest.scenario;

import dev.sluice.engine.directory.ChannelEntry.QuietHours;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.ReceiptPolicy;
import java.util.Optional;

/**
 * Tenants that are alike: each has an organisation with people, and channels.
 *
 * @param name of the one tenant, or what the names of many begin with
 * @param count how many
 * @param tier limit profile of their organisations, ours and the platform's
 * @param channel how they send
 * @param apps apps of each, with a channel of its own; its load takes them in turn
 * @param people members of each organisation
 * @param monthSpent share of the month's calls that is gone before the start, 0 to 1; of the pool that its channel draws on
 * @param receipts for which calls the platform is asked what became of them
 * @param peoplePerCall most people in a call; 0: what the platform takes
 * @param quietHours of its channels; empty: none
 */
public record TenantGroup(
        String name,
        int count,
        String tier,
        ChannelKind channel,
        int apps,
        int people,
        double monthSpent,
        ReceiptPolicy receipts,
        int peoplePerCall,
        Optional<QuietHours> quietHours) {
    /** Of the month, what bulk leaves to the urgent: a channel's own unless somebody says otherwise. */
    public static final int RESERVE_PERCENT = 1;

    /** Of many there are fewer or more; one is smaller or larger. */
    TenantGroup scaled(double scale) {
        boolean many = count > 1;
        return new TenantGroup(
                name,
                many ? Scaling.count(count, scale) : count,
                tier,
                channel,
                apps,
                many ? people : Scaling.count(people, scale),
                many || monthSpent == 0 ? monthSpent : spent(scale),
                receipts,
                peoplePerCall,
                quietHours);
    }

    /**
     * What is gone of a smaller or larger month. The reserve is a share of what the tier grants, which no scale changes, so only what bulk may take is scaled; where
     * bulk may take nothing any more, what the urgent may take is.
     */
    private double spent(double scale) {
        double toBulk = 1 - RESERVE_PERCENT / 100.0;
        double end = monthSpent < toBulk ? toBulk : 1;
        return Math.max(0, end - (end - monthSpent) * scale);
    }

    /** Most people in a call where the platform takes so many. */
    public int mostPeoplePerCall(int platform) {
        return peoplePerCall == 0 ? platform : Math.min(peoplePerCall, platform);
    }

    /** No smaller than this. */
    TenantGroup withAtLeast(int least) {
        return new TenantGroup(
                name,
                count,
                tier,
                channel,
                apps,
                Math.max(people, least),
                monthSpent,
                receipts,
                peoplePerCall,
                quietHours);
    }

    /** The same people, sent to in another way. */
    public TenantGroup sending(String newTier, ChannelKind newChannel, int newApps) {
        return new TenantGroup(
                name, count, newTier, newChannel, newApps, people, monthSpent, receipts, peoplePerCall, quietHours);
    }
}
