/** When requests are due, and at which rate to try next. Pure. */
package dev.sluice.loadtest.load.arrivals;
