package dev.sluice.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CurveTest {
    @Test
    void aFigureThatDoesNotGrowIsALevelLine() {
        Curve curve = new Curve("growth", "Beside so many");
        curve.add("settling", 10_000, 50_000);
        curve.add("settling", 1_000_000, 50_000);
        curve.add("heap", 10_000, 20);
        curve.add("heap", 1_000_000, 40);

        String svg = curve.svg();

        assertThat(svg).contains("points=\"60.0,150.0 420.0,150.0\"", "points=\"60.0,150.0 420.0,36.0\"");
        assertThat(svg).contains("10,000", "1,000,000", "settling", "heap");
    }
}
