/** The capacity planner: what a scenario would cost and when it would end, without sending. */
package dev.sluice.loadtest.plan;
