/** The running processes. */
package dev.sluice.admin.node;
