/** Limits: slots in Redis, people by day, month budgets, and what a refusal says. */
package dev.sluice.engine.quota;
