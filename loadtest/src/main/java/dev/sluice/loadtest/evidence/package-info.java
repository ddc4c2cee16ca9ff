/** What a run left behind: our rows, and the platform's ledger. */
package dev.sluice.loadtest.evidence;
