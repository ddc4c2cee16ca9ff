/** The state of a run, once a second: the client, the rows, the lanes, the platform's ledger, the machine. */
package dev.sluice.loadtest.load.sampling;
