/** Look-ups of people and departments. */
package dev.sluice.simulator.contact;
