/**
 * {@code ./sluice bench}: our speed beside that of the bare pieces, measured in one run on one machine. A class named {@code …Bench} for each part that can be asked
 * for; {@code stage} is what they measure, {@code client} who loads it, {@code meter} what it used, {@code report} what is said of it.
 */
package dev.sluice.loadtest.bench;
