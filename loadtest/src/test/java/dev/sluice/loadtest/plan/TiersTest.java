package dev.sluice.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.model.Limits;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class TiersTest {
    private final Tiers tiers = Tiers.builtIn();

    @Test
    void areWhatTheMigrationsPutIntoTheDatabase(TestDatabase database) {
        String rows = database.text(
                "SELECT string_agg(profile || ' ' || limit_name || ' ' || limit_value, ',') FROM limit_profile");
        List<String> known = tiers.names().stream()
                .flatMap(tier -> tiers.limits(tier).orElseThrow().values().entrySet().stream()
                        .map(limit -> tier + " " + limit.getKey() + " " + limit.getValue()))
                .toList();
        assertThat(known).containsExactlyInAnyOrder(rows.split(","));
    }

    @Test
    void anUpgradeStaysInItsPriceTable() {
        assertThat(Tiers.above("standard")).contains("professional");
        assertThat(Tiers.above("standard-2025-11")).contains("professional-2025-11");
        assertThat(Tiers.above("enterprise")).isEmpty();
        assertThat(tiers.limits(Limits.UNLIMITED_PROFILE)).contains(Limits.NONE);
        assertThat(tiers.limits("gold")).isEmpty();
    }
}
