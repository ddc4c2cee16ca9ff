/** What runs Sluice on one machine: the command line, the demo, the verdict. */
package dev.sluice.loadtest;
