/** Windows and counters: pure arithmetic on times that the caller passes in. */
package dev.sluice.simulator.limit;
