/** What an engine elsewhere says of itself: its send API is all that is seen of it, and it may go away. */
package dev.sluice.loadtest.load.remote;
