package dev.sluice.engine.scheduling;

import static dev.sluice.engine.model.ChannelKind.DINGTALK_ROBOT;
import static dev.sluice.engine.model.ChannelKind.DINGTALK_WORK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.model.ChannelKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OwnedAppsTest {
    @ParameterizedTest
    @EnumSource(ChannelKind.class)
    void aThrottleOfTheAddressIsAboutEveryChannel(ChannelKind other) {
        assertThat(OwnedApps.concerns(ThrottleScope.EGRESS_IP, DINGTALK_WORK, other))
                .isTrue();
    }

    @Test
    void aThrottleOfThePlatformIsAboutChannelsOfTheSameKind() {
        assertThat(OwnedApps.concerns(ThrottleScope.PLATFORM, DINGTALK_WORK, DINGTALK_WORK))
                .isTrue();
        assertThat(OwnedApps.concerns(ThrottleScope.PLATFORM, DINGTALK_WORK, DINGTALK_ROBOT))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = ThrottleScope.class,
            names = {"APP_AND_API", "CHANNEL"})
    void aNarrowerOneIsAboutNobodyElse(ThrottleScope scope) {
        assertThat(OwnedApps.concerns(scope, DINGTALK_WORK, DINGTALK_WORK)).isFalse();
    }
}
