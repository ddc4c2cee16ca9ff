/** The configuration: read once, checked as a whole, immutable afterwards. */
package dev.sluice.engine.config;
