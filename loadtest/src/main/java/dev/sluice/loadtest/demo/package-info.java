/** {@code ./sluice demo}: the whole engine against the simulated platform, on one machine, in one to two minutes. */
package dev.sluice.loadtest.demo;
