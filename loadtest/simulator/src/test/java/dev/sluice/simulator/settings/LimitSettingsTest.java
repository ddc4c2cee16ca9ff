package dev.sluice.simulator.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitSettingsTest {
    @Test
    void theTiersAreDataAndCanBeAddedTo() {
        LimitSettings settings = LimitSettings.defaults();
        assertThat(settings.current().tier("standard")).isEqualTo(new Limits.Tier(20, 10_000, 5_000));
        assertThat(settings.current().tier("standard-2025-11")).isEqualTo(new Limits.Tier(20, 5_000, 3_000));
        assertThat(settings.current().tier("professional-2025-11")).isEqualTo(new Limits.Tier(40, 200_000, 50_000));
        assertThat(settings.current().tier("professional").callsPerMonth()).isEqualTo(500_000);
        assertThat(settings.current().tier("enterprise").qps()).isEqualTo(60);

        settings.set("tiers.mine", Map.of("qps", 1, "callsPerMonth", 2, "webhooksPerMonth", 3));
        assertThat(settings.current().tier("mine")).isEqualTo(new Limits.Tier(1, 2, 3));
        assertThat(settings.current().tier("standard").qps()).isEqualTo(20);
    }

    @Test
    void whatIsPrintedCanBeReadAgain() {
        LimitSettings settings = LimitSettings.defaults();
        Limits before = settings.current();
        settings.patch(settings.toMap());
        assertThat(settings.current()).isEqualTo(before);
    }

    @Test
    void aFileIsLaidOverTheDefaultsAndAllItsFaultsAreListed(@TempDir Path directory) throws IOException {
        Path good = Files.writeString(directory.resolve("good.yaml"), "notice: {minuteScope: corp}\n");
        assertThat(LimitSettings.fromFile(good).current().notice().minuteScope())
                .isEqualTo(Limits.MinuteScope.CORP);

        Path bad = Files.writeString(
                directory.resolve("bad.yaml"),
                "qsp: {}\nnotice: {minuteScope: town, usersPerCall: -1}\nip: {status: {}}\n");
        assertThatThrownBy(() -> LimitSettings.fromFile(bad))
                .isInstanceOf(LimitsException.class)
                .hasMessageContaining("qsp: unknown key")
                .hasMessageContaining("notice.minuteScope: must be one of [APP, CORP]")
                .hasMessageContaining("notice.usersPerCall")
                .hasMessageContaining("ip.status");
    }

    @Test
    void aRefusedChangeChangesNothing() {
        LimitSettings settings = LimitSettings.defaults();
        assertThatThrownBy(() -> settings.patch(Map.of("qps", Map.of("platform", 5, "typo", 1))))
                .isInstanceOf(LimitsException.class);
        assertThat(settings.current().qps().platform()).isZero();
    }
}
