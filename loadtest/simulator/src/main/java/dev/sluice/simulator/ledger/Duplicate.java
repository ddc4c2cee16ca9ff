package dev.sluice.simulator.ledger;

/** A person to whom the same content was shown more than once. */
public record Duplicate(String corpId, String userid, long contentHash, int shown) {}
