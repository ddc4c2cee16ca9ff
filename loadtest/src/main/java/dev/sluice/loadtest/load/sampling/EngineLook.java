package dev.sluice.loadtest.load.sampling;

import dev.sluice.loadtest.report.data.StageSample;
import java.util.Optional;

/**
 * What one look at the engine gives, beside what its clients see.
 *
 * @param settled deliveries that are known to wait no longer
 * @param stage empty: the engine runs elsewhere
 */
public record EngineLook(long settled, Optional<StageSample> stage) {}
