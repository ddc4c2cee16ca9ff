/** Who loads it: as little as a client can do, since it shares the cores with what it measures. */
package dev.sluice.loadtest.bench.client;
