/** Secrets at rest: sealed where they lie, opened in memory only. */
package dev.sluice.engine.secret;
