/** Access tokens of both families. */
package dev.sluice.simulator.token;
