package dev.sluice.loadtest.report.data;

import java.util.Optional;

/**
 * The state of a run at one second. Counts of people are running totals since the start; a rate is the difference of two samples.
 *
 * @param second since the start
 * @param offered people of requests and campaigns whose time had come
 * @param accepted of these, whom a 202 or an upload promised
 * @param refused of these, whom the engine did not take, or of whom it gave no answer
 * @param settled deliveries that are known to wait no longer, at an engine elsewhere as its counts said when it was asked last
 * @param stage what only the stage's own processes tell; empty: the engine runs elsewhere
 */
public record Sample(
        double second, long offered, long accepted, long refused, long settled, Optional<StageSample> stage) {}
