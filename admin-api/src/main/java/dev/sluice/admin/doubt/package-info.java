/** Deliveries of which nobody knows whether they arrived, and what an operator decides about them. */
package dev.sluice.admin.doubt;
