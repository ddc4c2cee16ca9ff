/** What a scenario file says. Read by the load generator and by the planner. */
package dev.sluice.loadtest.scenario;
