/** The domain's ids, states and records. Knows neither Vert.x nor a driver. */
package dev.sluice.engine.model;
