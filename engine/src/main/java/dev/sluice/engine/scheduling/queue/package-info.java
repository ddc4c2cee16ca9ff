/**
 * What waits in a lane. {@code LaneReads} and {@code LaneStore} bring it from Postgres, {@code SubmissionWork} and {@code Pending} are it in memory,
 * {@code LaneQueue} and {@code ServiceOrder} say who is next, {@code BatchProgress} and {@code CallChanges} what is written about those who went. All but the reads is
 * pure. Knows nothing of gates, calls and doubts.
 */
package dev.sluice.engine.scheduling.queue;
