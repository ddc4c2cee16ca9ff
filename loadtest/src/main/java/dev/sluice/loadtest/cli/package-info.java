/** The command line: {@code ./sluice <command>}. */
package dev.sluice.loadtest.cli;
