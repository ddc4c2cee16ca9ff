/** The shape of every operation: routes, strict bodies, pages, audited changes. Knows nothing about the domain. */
package dev.sluice.admin.http;
