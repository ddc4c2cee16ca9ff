/** A request becomes rows: decoding, idempotency, and one commit for all that arrived together. */
package dev.sluice.engine.ingestion;
