/** What was used: processor time, bytes, statements, heap, plans. */
package dev.sluice.loadtest.bench.meter;
