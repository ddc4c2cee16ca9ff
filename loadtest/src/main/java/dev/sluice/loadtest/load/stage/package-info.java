/** What a run stands on: real stores, the simulated platform, nodes as processes of their own. Everything here blocks. */
package dev.sluice.loadtest.load.stage;
