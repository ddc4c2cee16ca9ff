/** The scheduler in virtual time: the engine's own decisions, driven by counts and a clock that jumps from event to event. */
package dev.sluice.loadtest.plan.virtual;
