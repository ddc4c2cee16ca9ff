/** {@code ./sluice bench}: our speed beside that of the bare pieces, measured in one run on one machine. */
package dev.sluice.loadtest.bench;
