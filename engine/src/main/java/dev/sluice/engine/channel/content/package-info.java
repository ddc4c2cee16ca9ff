/** What contents must look like, and their one canonical text. */
package dev.sluice.engine.channel.content;
