/** Which deliveries go next, in which call, and when: lanes, leases, dispatch rounds. */
package dev.sluice.engine.scheduling;
