/** The append-only record of what arrived and what became of it. */
package dev.sluice.simulator.ledger;
