/** Text for people at a terminal: languages, widths, tables. */
package dev.sluice.loadtest.terminal;
