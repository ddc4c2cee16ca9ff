/** Calls to the platforms: the connection, the tokens, and what becomes of a call. */
package dev.sluice.engine.sending;
