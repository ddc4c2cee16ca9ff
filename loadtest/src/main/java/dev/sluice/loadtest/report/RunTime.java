package dev.sluice.loadtest.report;

import dev.sluice.loadtest.chart.Label;
import dev.sluice.loadtest.chart.LineChart;
import dev.sluice.loadtest.chart.Mark;
import dev.sluice.loadtest.chart.Series;
import dev.sluice.loadtest.chart.TimeAxis;
import dev.sluice.loadtest.chart.Unit;
import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.report.data.Event;
import dev.sluice.loadtest.report.data.RunRecord;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What all charts of a run share.
 *
 * @param axis from the start of the load to the end of the run
 * @param marks the events, numbered as in their list
 */
record RunTime(TimeAxis axis, List<Mark> marks) {
    /** Events beyond these are counted and not shown: a run that does more to its stage is read from its JSON. */
    static final int MOST_EVENTS = 100;
    /** So that a run which broke at its start still has an axis. */
    static final double LEAST_SECONDS = 1;

    static RunTime of(RunRecord run) {
        double lastSample =
                run.samples().isEmpty() ? 0 : run.samples().getLast().second();
        TimeAxis axis =
                TimeAxis.elapsed(0, Math.max(LEAST_SECONDS, Math.max(run.head().seconds(), lastSample)));
        List<Event> events = run.events();
        List<Mark> marks = IntStream.range(0, Math.min(events.size(), MOST_EVENTS))
                .mapToObj(i -> new Mark(events.get(i).second(), i + 1, both(events.get(i))))
                .toList();
        return new RunTime(axis, marks);
    }

    /** Where words rest on a mark there is one place for both languages. */
    private static String both(Event event) {
        return event.text().equals(event.textZh()) ? event.text() : event.text() + " · " + event.textZh();
    }

    /** A line chart over this time. */
    Element lines(String id, Label title, Label note, Unit unit, LineChart.Scale scale, Series... series) {
        return new LineChart(id, title, note, axis, unit, scale, List.of(series), marks).figure();
    }
}
