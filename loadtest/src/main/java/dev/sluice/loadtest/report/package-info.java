/** What a run of the load generator looked like: one HTML file for people, one JSON file for machines. Pure. */
package dev.sluice.loadtest.report;
