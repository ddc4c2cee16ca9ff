package dev.sluice.loadtest.chart;

/**
 * Something that happened, as a vertical line with a number.
 *
 * @param x where
 * @param number shown at the line, as in the list that explains the marks
 * @param text shown when the pointer rests on it
 */
public record Mark(double x, int number, String text) {}
