/** Month budgets: where they stand, readings, add-on packs, postings. */
package dev.sluice.admin.budget;
