package dev.sluice.loadtest.demo;

/**
 * A single send.
 *
 * @param tenant whose
 * @param id as the tenant knows it
 * @param contentHash the platform's hash of its content, which nothing else has
 * @param fingerprint see {@link dev.sluice.loadtest.evidence.Fingerprint}
 * @param dueNanos when it was to leave its sender, on the platform's clock
 */
record SentSingle(DemoTenant tenant, String id, long contentHash, long fingerprint, long dueNanos) {}
