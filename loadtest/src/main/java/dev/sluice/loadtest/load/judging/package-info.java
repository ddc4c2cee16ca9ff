/** From what a run left behind to the figures that the verdict judges. */
package dev.sluice.loadtest.load.judging;
