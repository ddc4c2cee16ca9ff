package dev.sluice.loadtest.plan;

import dev.sluice.engine.channel.dingtalk.AdapterOptions.PeopleScope;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.scenario.Scenario;

/** One change that somebody would ask about. Pure. */
public sealed interface Variation {
    /** For people. */
    Label name();

    /** The scenario with the change in it. */
    Scenario of(Scenario scenario);

    /** Whose people a minute are counted together. */
    default PeopleScope peopleScope() {
        return PeopleScope.ORGANISATION;
    }

    /** Whether each campaign is cut into a part for each app of its tenant. */
    default boolean splitsCampaigns() {
        return false;
    }

    /** The strict reading goes without saying. */
    private static Label counted(Label name, PeopleScope scope) {
        return scope == PeopleScope.ORGANISATION
                ? name
                : name.and(new Label(", if people a minute count by app", "（若每分钟人数按应用计）"));
    }

    /** No change, and the strict reading of what the platform does not publish. */
    record AsItStands() implements Variation {
        @Override
        public Label name() {
            return new Label("as it stands", "现状");
        }

        @Override
        public Scenario of(Scenario scenario) {
            return scenario;
        }
    }

    /** Another limit profile for all tenants. */
    record OtherTier(String tier) implements Variation {
        @Override
        public Label name() {
            return new Label("tier " + tier, "套餐 " + tier);
        }

        @Override
        public Scenario of(Scenario scenario) {
            return scenario.with(scenario.stage(), group -> group.sending(tier, group.channel(), group.apps()));
        }
    }

    /** For each tenant the tier above its own; whoever has the highest keeps it. */
    record OneTierUp() implements Variation {
        @Override
        public Label name() {
            return new Label("one tier up", "套餐各升一级");
        }

        @Override
        public Scenario of(Scenario scenario) {
            return scenario.with(
                    scenario.stage(), group -> group.sending(above(group.tier()), group.channel(), group.apps()));
        }

        private static String above(String tier) {
            return Tiers.above(tier).orElse(tier);
        }
    }

    /** The apps that there are, each with its part of every campaign; as it stands a campaign goes through one of them. */
    record SplitCampaigns(PeopleScope peopleScope) implements Variation {
        @Override
        public Label name() {
            return counted(new Label("campaigns split among the apps", "群发由现有应用分摊"), peopleScope);
        }

        @Override
        public Scenario of(Scenario scenario) {
            return scenario;
        }

        @Override
        public boolean splitsCampaigns() {
            return true;
        }
    }

    /**
     * One more app in each organisation, whose apps share its requests.
     *
     * @param splitsCampaigns where there are any, since it would take no part in them otherwise
     */
    record OneMoreApp(PeopleScope peopleScope, boolean splitsCampaigns) implements Variation {
        @Override
        public Label name() {
            Label name = splitsCampaigns
                    ? new Label("one more app, campaigns split", "增加一个应用，群发由各应用分摊")
                    : new Label("one more app", "增加一个应用");
            return counted(name, peopleScope);
        }

        @Override
        public Scenario of(Scenario scenario) {
            return scenario.with(
                    scenario.stage(), group -> group.sending(group.tier(), group.channel(), group.apps() + 1));
        }
    }

    /** Work notices that name departments: more people in a call than a list of people may hold. */
    record Departments(int peoplePerCall) implements Variation {
        @Override
        public Label name() {
            return new Label(
                    "departments, %,d people a call".formatted(peoplePerCall),
                    "按部门发送，每次 %,d 人".formatted(peoplePerCall));
        }

        @Override
        public Scenario of(Scenario scenario) {
            return scenario;
        }
    }

    /** The one-to-one robot in place of work notices; groups that send in another way go on as they do. */
    record Robot() implements Variation {
        @Override
        public Label name() {
            return new Label("one-to-one robot", "改用单聊机器人");
        }

        @Override
        public Scenario of(Scenario scenario) {
            return scenario.with(
                    scenario.stage(), group -> group.sending(group.tier(), inPlaceOf(group.channel()), group.apps()));
        }

        private static ChannelKind inPlaceOf(ChannelKind channel) {
            return channel == ChannelKind.DINGTALK_WORK ? ChannelKind.DINGTALK_ROBOT : channel;
        }
    }

    /** More public addresses. */
    record MoreAddresses(int more) implements Variation {
        @Override
        public Label name() {
            return more == 1
                    ? new Label("another egress address", "增加一个出口 IP")
                    : new Label("%,d more egress addresses", "增加 %,d 个出口 IP").formatted(more);
        }

        @Override
        public Scenario of(Scenario scenario) {
            return scenario.with(scenario.stage().withMoreAddresses(more), group -> group);
        }
    }

    /** As if machines and addresses were no limit: what quotas alone would allow. */
    record Boundless() implements Variation {
        private static final int MORE_THAN_ENOUGH = 100_000;

        @Override
        public Label name() {
            return new Label("without machines and addresses as a limit", "不受机器与出口 IP 限制");
        }

        @Override
        public Scenario of(Scenario scenario) {
            return scenario.with(scenario.stage().withMoreAddresses(MORE_THAN_ENOUGH), group -> group);
        }
    }
}
