/** The client: requests at their times whatever the engine does, campaigns, and a log of what was answered. */
package dev.sluice.loadtest.load.sending;
