/** Scripted trouble. */
package dev.sluice.simulator.fault;
