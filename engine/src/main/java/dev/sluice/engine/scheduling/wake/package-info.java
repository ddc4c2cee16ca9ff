/** How a lane learns at once that something waits for it: from its own node in memory, from others through Postgres. */
package dev.sluice.engine.scheduling.wake;
