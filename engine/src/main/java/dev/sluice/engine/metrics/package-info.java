/** What is measured, and where it can be read. */
package dev.sluice.engine.metrics;
