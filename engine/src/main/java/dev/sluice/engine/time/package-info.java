/** Clocks, injected. */
package dev.sluice.engine.time;
