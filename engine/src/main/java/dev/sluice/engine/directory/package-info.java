/** Tenants, organisations, apps, channels and limits as a node has them in memory. */
package dev.sluice.engine.directory;
