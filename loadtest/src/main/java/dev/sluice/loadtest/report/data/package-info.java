/** What a run of the load generator leaves for reports: plain records, one writer, any number of readers. */
package dev.sluice.loadtest.report.data;
