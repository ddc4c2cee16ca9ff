/** Work notices: sending with its silent drops, progress, results and recall. */
package dev.sluice.simulator.notice;
