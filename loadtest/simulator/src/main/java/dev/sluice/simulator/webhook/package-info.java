/** Custom group robots. */
package dev.sluice.simulator.webhook;
