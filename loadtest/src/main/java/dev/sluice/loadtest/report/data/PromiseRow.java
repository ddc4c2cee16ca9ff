package dev.sluice.loadtest.report.data;

/**
 * One line of the verdict.
 *
 * @param name of the promise
 * @param found what was measured
 * @param bound what it must be
 * @param ok false only when it is broken
 */
public record PromiseRow(String name, String found, String bound, boolean ok) {}
