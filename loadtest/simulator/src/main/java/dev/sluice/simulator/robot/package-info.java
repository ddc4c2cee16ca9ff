/** One-to-one messages of an organisation's robots. */
package dev.sluice.simulator.robot;
