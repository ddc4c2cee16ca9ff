/** When submissions of a scenario arrive, made one at a time. */
package dev.sluice.loadtest.plan.flow;
