package dev.sluice.loadtest.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelTest {
    @Test
    void aLabelInASentenceSaysItsOwnWordsInEachLanguage() {
        Label gate = new Label("people a minute", "每分钟人数");
        assertThat(new Label("%s (%s)", "%s（%s）").formatted(gate, "50 % / 60 s"))
                .isEqualTo(new Label("people a minute (50 % / 60 s)", "每分钟人数（50 % / 60 s）"));
    }

    @Test
    void eachLanguageHasItsOwnOrderOfValues() {
        assertThat(new Label("%1$s of %2$,d", "%2$,d 中的 %1$s").formatted("3", 5_000))
                .isEqualTo(new Label("3 of 5,000", "5,000 中的 3"));
    }
}
