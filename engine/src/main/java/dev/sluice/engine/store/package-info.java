/** Postgres, as every store of ours needs it: migrations, pools, and rows that are written or asked for together. */
package dev.sluice.engine.store;
