/** What requests for messages and for campaigns have in common. */
package dev.sluice.engine.request;
