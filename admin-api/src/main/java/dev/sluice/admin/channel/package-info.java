/** Ways to send: creation, settings, pause and resume. */
package dev.sluice.admin.channel;
