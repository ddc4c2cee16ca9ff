package dev.sluice.engine.auth;

/**
 * Who calls.
 *
 * @param keyId the public id of the key: what logs and the audit name
 * @param tenantId whose key it is, 0 for an admin key
 * @param scope what it opens
 */
public record Principal(String keyId, long tenantId, KeyScope scope) {}
