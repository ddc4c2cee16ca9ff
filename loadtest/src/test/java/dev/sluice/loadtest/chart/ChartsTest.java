package dev.sluice.loadtest.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.loadtest.chart.BarChart.Bar;
import dev.sluice.loadtest.chart.BarChart.Row;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Parsed;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartsTest {
    private static final Label TITLE = new Label("Rates", "速率");
    private static final Label NOTE = new Label("How to read it", "读法");
    private static final TimeAxis MINUTE = TimeAxis.elapsed(0, 60);
    private static final List<Mark> MARKS = List.of(new Mark(30, 1, "kill <node> 1"));

    @Test
    void aLineChartDrawsEverySeriesAndEveryMark() {
        Parsed chart = Parsed.of(lines(series("offered", 0, 10, 20), series("settled", 0, 5, 15)));
        assertThat(chart.all("//path[starts-with(@class, 'line')]")).hasSize(2);
        assertThat(chart.words("//ul/li")).containsExactly("offered", "settled");
        assertThat(chart.words("//g[@class='marks']//title")).containsExactly("0:30 kill <node> 1");
        assertThat(chart.all("//g[@class='marks']//line").getFirst().getAttribute("x1"))
                .isEqualTo("50%");
    }

    @Test
    void itsTitleNamesThePlot() {
        Parsed chart = Parsed.of(lines(series("offered", 1)));
        String id = chart.all("//*[@role='img']").getFirst().getAttribute("aria-labelledby");
        assertThat(chart.words("//*[@id='" + id + "']/span")).containsExactly("Rates", "速率");
    }

    @Test
    void theDataStandBehindItAsATable() {
        Parsed chart = Parsed.of(lines(series("offered", 0, 1_250), series("settled", 7)));
        assertThat(chart.words("//tbody/tr/th")).containsExactly("0:00", "0:01");
        assertThat(chart.words("//tbody/tr/td")).containsExactly("0", "7", "1,250", "");
    }

    @Test
    void aLineBreaksWhereNothingWasMeasured() {
        Series holes = new Series(
                Label.same("p99"),
                List.of(new Point(0, 1), new Point(1, 2), new Point(30, 5), new Point(50, Double.NaN)));
        assertThat(Parsed.of(lines(holes)).all("//path"))
                .extracting(path -> path.getAttribute("d"))
                .containsExactly("M0 160L16.67 120", "M500 0h0");
    }

    @Test
    void ratesThatWereTriedAreJoinedHoweverFarApart() {
        Series p99 = new Series(Label.same("p99"), List.of(new Point(100, 5), new Point(1_000, 10)));
        Parsed chart = Parsed.of(new LineChart(
                        "rates",
                        TITLE,
                        NOTE,
                        new RateAxis(1_000),
                        Unit.MILLIS,
                        LineChart.Scale.LINEAR,
                        List.of(p99),
                        List.of())
                .figure());
        assertThat(chart.all("//path").getFirst().getAttribute("d")).isEqualTo("M100 100L1000 0");
        assertThat(chart.words("//thead//span[@lang='en']")).containsExactly("Requests a second");
        assertThat(chart.words("//tbody/tr/th")).containsExactly("100", "1,000");
    }

    @Test
    void layersStandOnEachOther() {
        Parsed chart = Parsed.of(stack(series("people a minute", 10, 10), series("month", 10, 30)));
        // The whole is 40 at its highest and fills the axis; the lower layer ends at a quarter of it.
        assertThat(chart.all("//path").get(1).getAttribute("d")).isEqualTo("M0 100L16.67 0L16.67 150L0 150Z");
    }

    @Test
    void layersAtDifferentPlacesAreRefused() {
        assertThatThrownBy(() -> stack(series("a", 1, 2), series("b", 1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStackWithoutLayersIsAnEmptyPlot() {
        assertThat(Parsed.of(stack()).all("//path")).isEmpty();
    }

    @Test
    void barsStandWhereTheyBeginAndAreNeverTooShortToSee() {
        List<Bar> bars = List.of(new Bar(15, 45, 0), new Bar(50, 50, 1));
        Parsed chart = Parsed.of(bars(List.of(new Row(Label.same("a <b>"), NOTE, bars))));
        List<org.w3c.dom.Element> drawn = chart.all("//rect");
        assertThat(drawn).extracting(bar -> bar.getAttribute("x")).containsExactly("25%", "83.33%");
        assertThat(drawn).extracting(bar -> bar.getAttribute("width")).containsExactly("50%", "0.2%");
        assertThat(chart.words("//tbody/tr[1]/*")).containsExactly("a <b>", "sends", "0:15", "0:45");
    }

    @Test
    void rowsThatNobodyWouldReadAreCounted() {
        List<Row> rows = IntStream.range(0, 103)
                .mapToObj(i -> new Row(Label.same("row " + i), NOTE, List.of(new Bar(0, i, 0))))
                .toList();
        Parsed chart = Parsed.of(bars(rows));
        assertThat(chart.all("//rect")).hasSize(BarChart.MOST_ROWS);
        assertThat(chart.words("//*[@lang='en']")).contains("and 3 more");
    }

    @Test
    void marksThatWouldHideEachOtherShowOneNumber() {
        List<Mark> marks = Stream.of(10.0, 10.1, 10.2, 40.0)
                .map(x -> new Mark(x, (int) (x * 10), "event"))
                .toList();
        LineChart chart = new LineChart(
                "c", TITLE, NOTE, MINUTE, Unit.COUNT, LineChart.Scale.LINEAR, List.of(series("a", 1)), marks);
        Parsed parsed = Parsed.of(chart.figure());
        assertThat(parsed.all("//g[@class='marks']//line")).hasSize(4);
        assertThat(parsed.words("//g[@class='marks']//text")).containsExactly("100", "400");
    }

    private static Element lines(Series... series) {
        return new LineChart("rates", TITLE, NOTE, MINUTE, Unit.COUNT, LineChart.Scale.LINEAR, List.of(series), MARKS)
                .figure();
    }

    private static Element stack(Series... layers) {
        return new StackedChart("waiting", TITLE, NOTE, MINUTE, Unit.COUNT, List.of(layers), MARKS).figure();
    }

    private static Element bars(List<Row> rows) {
        List<Label> kinds = List.of(Label.same("sends"), Label.same("waits"));
        return new BarChart("plan", TITLE, NOTE, MINUTE, kinds, rows, List.of()).figure();
    }

    private static Series series(String name, double... values) {
        return new Series(
                Label.same(name),
                IntStream.range(0, values.length)
                        .mapToObj(i -> new Point(i, values[i]))
                        .toList());
    }
}
