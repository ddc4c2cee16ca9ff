package dev.sluice.loadtest.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loadtest.scenario.Scenario;
import org.junit.jupiter.api.Test;

class PaperTest {
    @Test
    void nobodyWhoWasAskedForIsLeftOutAndTheSentenceSaysHowManyThereAre() {
        Scenario uneven = Paper.of(6_000, 11_900, "standard");
        assertThat(uneven.load().getFirst().audience().people()).isEqualTo(2);
        assertThat(uneven.tenants().getFirst().people()).isEqualTo(2);
        assertThat(uneven.descriptionEn()).contains("2 people each", "12,000 together");
        assertThat(uneven.descriptionZh()).contains("各向 2 人", "合计 12,000 人");
    }

    @Test
    void whatCanBeSharedEvenlyIs() {
        Scenario even = Paper.of(10_000, 50_000_000, "standard");
        assertThat(even.load().getFirst().audience().people()).isEqualTo(5_000);
        assertThat(even.descriptionEn()).contains("50,000,000 together");
    }
}
