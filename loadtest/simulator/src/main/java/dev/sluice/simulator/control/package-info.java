/** The control API under {@code /_sim/}. */
package dev.sluice.simulator.control;
