/** Making real trouble at set times. */
package dev.sluice.loadtest.load.fault;
