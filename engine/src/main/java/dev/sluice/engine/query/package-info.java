/** What tenants may ask: what became of a message, of a person, of one delivery, and why. */
package dev.sluice.engine.query;
