/** API keys: shown once, kept as a hash. */
package dev.sluice.admin.key;
