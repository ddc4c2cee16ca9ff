/** Calling the engine as its users do, and waiting for what it does. Everything here blocks. */
package dev.sluice.loadtest.client;
