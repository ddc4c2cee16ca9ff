/** What is said of it: figures with their spread, as a table, curves and JSON, with the machine they are worthless without. */
package dev.sluice.loadtest.bench.report;
