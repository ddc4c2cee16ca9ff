/** The tenants of a run, on our side and on the platform's. */
package dev.sluice.loadtest.load.tenant;
