package dev.sluice.loadtest.report.data;

/**
 * Something that was done to the stage, such as a fault.
 *
 * @param second since the start of the load
 * @param text for people, in English
 * @param textZh the same in Chinese
 */
public record Event(double second, String text, String textZh) {}
