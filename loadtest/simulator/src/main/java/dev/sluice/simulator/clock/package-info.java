/** The platform's own time. */
package dev.sluice.simulator.clock;
