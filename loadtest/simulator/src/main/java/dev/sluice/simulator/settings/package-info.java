/** Every limit and switch, read from a file that documents each of them. */
package dev.sluice.simulator.settings;
