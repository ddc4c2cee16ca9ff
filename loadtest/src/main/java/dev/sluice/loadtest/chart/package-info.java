/**
 * Pictures of a run or a plan: pure functions from data to SVG inside HTML, with nothing to load and readable at any width.
 *
 * <p>{@link dev.sluice.loadtest.chart.LineChart}, {@link dev.sluice.loadtest.chart.StackedChart} and
 * {@link dev.sluice.loadtest.chart.BarChart} make figures; {@link dev.sluice.loadtest.chart.Page} puts figures and other elements into one
 * self-contained document.
 */
package dev.sluice.loadtest.chart;
