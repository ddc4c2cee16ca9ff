/** The promises of the engine, checked over what a run left behind. Pure: what was read is a {@link dev.sluice.loadtest.verdict.Snapshot}. */
package dev.sluice.loadtest.verdict;
