package dev.sluice.simulator.ledger;

/** One recipient of one call. */
public record RecipientRow(long call, String corpId, String userid, Verdict verdict) {}
