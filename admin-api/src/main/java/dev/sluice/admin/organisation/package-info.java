/** Corps on platforms, and which limit profile each has from which day on. */
package dev.sluice.admin.organisation;
