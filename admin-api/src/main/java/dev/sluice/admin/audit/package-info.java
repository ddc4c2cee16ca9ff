/** Who changed what. */
package dev.sluice.admin.audit;
