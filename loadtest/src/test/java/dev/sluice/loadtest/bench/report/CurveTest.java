package dev.sluice.loadtest.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class CurveTest {
    @Test
    void aFigureThatDoesNotGrowIsALevelLineOnAnAxisOfItsOwn() {
        Curve curve = new Curve("growth", "Beside so many");
        curve.add(10_000, figure("settling", "deliveries/s", 50_000));
        curve.add(10_000, figure("heap", "MB", 20));
        curve.add(1_000_000, figure("settling", "deliveries/s", 50_000));
        curve.add(1_000_000, figure("heap", "MB", 40));

        String svg = curve.svg();

        assertThat(svg).contains("points=\"70,36 316,36\"", "points=\"70,106 316,36\"");
        assertThat(svg).contains("settling, deliveries/s", ">50k<", "heap, MB", ">40<", "10,000", "1,000,000");
    }

    @Test
    void repeatsThatDifferAreABarFromTheLeastToTheMost() {
        Curve curve = new Curve("growth", "Beside so many");
        curve.add(10, figure("upload", "people/s", 50, 100, 80));
        curve.add(1_000, figure("upload", "people/s", 90));

        assertThat(curve.svg())
                .contains("<line x1=\"70\" y1=\"106\" x2=\"70\" y2=\"36\"", "points=\"70,64 316,50\"", ">80<", ">90<");
    }

    private static Figure figure(String what, String unit, double... values) {
        return Figure.of(what, unit, DoubleStream.of(values).boxed().toList(), "");
    }
}
