/** Postgres: migrations, pools, and one class per table family with its SQL at the top. */
package dev.sluice.engine.store;
