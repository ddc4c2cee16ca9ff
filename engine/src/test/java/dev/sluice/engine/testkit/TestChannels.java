package dev.sluice.engine.testkit;

import dev.sluice.engine.directory.AppEntry;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.OrganisationEntry;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.model.OnDoubt;
import dev.sluice.engine.model.ReceiptPolicy;
import java.util.Map;
import java.util.OptionalInt;

/** Channels of one app, as the directory would have them. */
public final class TestChannels {
    public static final String APP_KEY = "dingapp";
    public static final String APP_SECRET = "canary-secret";
    public static final long AGENT_ID = 123;

    private TestChannels() {}

    /** A channel without limits. */
    public static ChannelEntry channel(ChannelKind kind) {
        return channel(kind, Limits.NONE);
    }

    /** A channel under limits. */
    public static ChannelEntry channel(ChannelKind kind, Limits limits) {
        return channel(kind, limits, 1);
    }

    /** The same of a tenant with a weight. */
    public static ChannelEntry channel(ChannelKind kind, Limits limits, int tenantWeight) {
        return channel(
                kind,
                limits,
                tenantWeight,
                Map.of("appSecret", APP_SECRET, "accessToken", "hook", "signSecret", "SECtest123"));
    }

    /** A channel with these secrets. */
    public static ChannelEntry channel(ChannelKind kind, Limits limits, Map<String, String> secrets) {
        return channel(kind, limits, 1, secrets);
    }

    private static ChannelEntry channel(
            ChannelKind kind, Limits limits, int tenantWeight, Map<String, String> secrets) {
        OrganisationEntry organisation = new OrganisationEntry(3, 1, "dingtalk", "dingcorp", "standard", limits);
        AppEntry app = new AppEntry(12, 1, organisation, APP_KEY, AGENT_ID, APP_KEY, secrets);
        return new ChannelEntry(
                7,
                1,
                true,
                tenantWeight,
                kind.wireName(),
                kind,
                app,
                false,
                "",
                OnDoubt.HOLD,
                ReceiptPolicy.ALL,
                100,
                0,
                null,
                OptionalInt.empty());
    }
}
