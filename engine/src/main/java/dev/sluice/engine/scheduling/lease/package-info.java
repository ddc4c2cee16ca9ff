/**
 * A node's right to act: {@code LeaseStore} has the slots of nodes and the leases of apps, {@code HeartbeatVerticle} renews a slot, {@code NodeLease} knows until when it is sure.
 */
package dev.sluice.engine.scheduling.lease;
