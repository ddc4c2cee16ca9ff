/** Customers of this installation. */
package dev.sluice.admin.tenant;
