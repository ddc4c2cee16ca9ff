package dev.sluice.engine.secret;

import java.nio.charset.StandardCharsets;

/**
 * Where a sealed secret lies. It is authenticated with the secret, so a ciphertext that is copied to another row, column or tenant does not open.
 *
 * @param table the table
 * @param column its column
 * @param tenantId the owner
 * @param rowId the row
 */
public record SecretPlace(String table, String column, long tenantId, long rowId) {
    byte[] associatedBytes() {
        return (table + "." + column + "/" + tenantId + "/" + rowId).getBytes(StandardCharsets.UTF_8);
    }
}
