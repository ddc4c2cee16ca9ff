package dev.sluice.loadtest.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void aChineseCharacterTakesTwoColumns() {
        assertThat(Columns.width("王芳 Müller，")).isEqualTo(4 + 1 + 6 + 2);
    }

    @Test
    void fittedTextTakesExactlyItsColumns() {
        for (int columns = 1; columns <= 12; columns++) {
            assertThat(Columns.width(Columns.fit("每分钟 5,000 人", columns))).isEqualTo(columns);
        }
    }

    @Test
    void textThatFitsIsNotCut() {
        assertThat(Columns.cut("专业版", 6)).isEqualTo("专业版");
        assertThat(Columns.cut("专业版", 5)).isEqualTo("专业…");
    }
}
