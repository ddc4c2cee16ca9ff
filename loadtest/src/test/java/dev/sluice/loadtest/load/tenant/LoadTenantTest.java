package dev.sluice.loadtest.load.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.ReceiptPolicy;
import dev.sluice.loadtest.scenario.TenantGroup;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadTenantTest {
    @Test
    void aTenantOwnsItsMembersItsStrangersAndItsGroups() {
        LoadTenant tenant = tenant("hr");
        assertThat(List.of(tenant.member(0), tenant.member(999_999), tenant.stranger(7), "robot:hr"))
                .allMatch(tenant::owns);
    }

    /** Someone who turned up in a call of the other would else be taken for its own. */
    @ParameterizedTest
    @CsvSource({"hr, hr-us", "hr-us, hr", "hr, hr-u-left", "hr, left-hr", "hr, it"})
    void aTenantOwnsNobodyOfAnotherHoweverTheyAreCalled(String name, String other) {
        LoadTenant another = tenant(other);
        assertThat(List.of(another.member(0), another.stranger(7), "robot:" + other))
                .noneMatch(tenant(name)::owns);
    }

    private static LoadTenant tenant(String name) {
        TenantGroup group = new TenantGroup(
                name,
                1,
                "standard",
                ChannelKind.DINGTALK_WORK,
                1,
                1_000_000,
                0,
                ReceiptPolicy.ALL,
                0,
                Optional.empty());
        LoadTenant.Channel channel = new LoadTenant.Channel(1, "channel-1", "", "robot:" + name);
        return new LoadTenant(group, name, 1, 1, "ding-" + name, List.of(channel), "key", name + "-u");
    }
}
