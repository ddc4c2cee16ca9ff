/** A quota-accurate stand-in for the DingTalk platform: start it with {@link dev.sluice.simulator.Simulator}. */
package dev.sluice.simulator;
