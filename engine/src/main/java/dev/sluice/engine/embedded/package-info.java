/** The real Postgres and Redis that run as child processes when no address is configured. */
package dev.sluice.engine.embedded;
