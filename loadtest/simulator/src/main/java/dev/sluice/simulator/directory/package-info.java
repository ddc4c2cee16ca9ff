/** Who exists: organisations, apps, webhook robots, people and departments. */
package dev.sluice.simulator.directory;
