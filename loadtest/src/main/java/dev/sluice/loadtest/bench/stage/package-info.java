/** What is measured: nodes, their stores, tenants, and what waits beside them. */
package dev.sluice.loadtest.bench.stage;
