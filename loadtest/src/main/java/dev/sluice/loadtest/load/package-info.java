/** {@code ./sluice load}: runs a scenario against real nodes, over HTTP, and judges what is left. */
package dev.sluice.loadtest.load;
