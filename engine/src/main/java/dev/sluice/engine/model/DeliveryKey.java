package dev.sluice.engine.model;

/**
 * A delivery within its tenant: the submission and the position in it, from 0.
 *
 * @param submissionId the submission
 * @param ordinal the position
 */
public record DeliveryKey(long submissionId, int ordinal) {}
