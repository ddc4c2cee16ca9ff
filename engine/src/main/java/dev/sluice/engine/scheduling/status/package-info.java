/** What a lane says of itself, where every node can read it. */
package dev.sluice.engine.scheduling.status;
