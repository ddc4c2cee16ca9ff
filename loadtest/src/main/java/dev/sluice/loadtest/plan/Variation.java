package dev.sluice.loadtest.plan;

import dev.sluice.engine.channel.dingtalk.AdapterOptions.PeopleScope;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.loadtest.chart.Label;
import java.util.Optional;

/**
 * What is different from the scenario as it stands.
 *
 * @param name for people
 * @param tier all tenants get this limit profile
 * @param moreApps apps that each tenant has more
 * @param peopleScope whose people a minute are counted together
 * @param channel all tenants send this way
 * @param peoplePerCall most people in a call, above what a list of people may hold: a call that names departments; 0: a list
 * @param moreAddresses public addresses more
 */
public record Variation(
        Label name,
        Optional<String> tier,
        int moreApps,
        PeopleScope peopleScope,
        Optional<ChannelKind> channel,
        int peoplePerCall,
        int moreAddresses) {
    /** The scenario as it stands, by the strict reading of what the platform does not publish. */
    public static final Variation NONE = new Variation(
            new Label("as it stands", "现状"), Optional.empty(), 0, PeopleScope.ORGANISATION, Optional.empty(), 0, 0);

    /** As if machines and addresses were no limit: what quotas alone would allow. */
    public static final Variation BOUNDLESS = addresses(100_000);

    /** A higher tier. */
    public static Variation tier(String tier) {
        return new Variation(
                new Label("tier " + tier, "套餐 " + tier),
                Optional.of(tier),
                0,
                PeopleScope.ORGANISATION,
                Optional.empty(),
                0,
                0);
    }

    /** A second app in each organisation; half of every campaign goes through it. */
    public static Variation secondApp(PeopleScope scope) {
        boolean strict = scope == PeopleScope.ORGANISATION;
        return new Variation(
                strict
                        ? new Label("a second app", "增加一个应用")
                        : new Label("a second app, if people a minute count by app", "增加一个应用（若每分钟人数按应用计）"),
                Optional.empty(),
                1,
                scope,
                Optional.empty(),
                0,
                0);
    }

    /** Calls that name departments. */
    public static Variation departments(int peoplePerCall) {
        return new Variation(
                new Label(
                        "departments, %,d people a call".formatted(peoplePerCall),
                        "按部门发送，每次 %,d 人".formatted(peoplePerCall)),
                Optional.empty(),
                0,
                PeopleScope.ORGANISATION,
                Optional.empty(),
                peoplePerCall,
                0);
    }

    /** The one-to-one robot in place of work notices. */
    public static Variation robot() {
        return new Variation(
                new Label("one-to-one robot", "改用单聊机器人"),
                Optional.empty(),
                0,
                PeopleScope.ORGANISATION,
                Optional.of(ChannelKind.DINGTALK_ROBOT),
                0,
                0);
    }

    /** More public addresses. */
    public static Variation addresses(int more) {
        return new Variation(
                more == 1
                        ? new Label("another egress address", "增加一个出口 IP")
                        : new Label("%,d more egress addresses".formatted(more), "增加 %,d 个出口 IP".formatted(more)),
                Optional.empty(),
                0,
                PeopleScope.ORGANISATION,
                Optional.empty(),
                0,
                more);
    }
}
