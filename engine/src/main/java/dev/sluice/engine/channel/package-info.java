/** The port between the pipeline and the platforms. */
package dev.sluice.engine.channel;
