/** What commands share at a terminal: languages, widths, tables, and the options that mean the same in all. */
package dev.sluice.loadtest.terminal;
