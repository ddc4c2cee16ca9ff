package dev.sluice.loadtest.chart;

/** A value at a place of the level axis. */
public record Point(double x, double y) {}
