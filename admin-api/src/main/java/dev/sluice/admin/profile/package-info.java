/** Limit profiles as dated rows. */
package dev.sluice.admin.profile;
