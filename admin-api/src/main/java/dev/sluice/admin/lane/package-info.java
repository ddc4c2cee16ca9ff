/** What the scheduler sees. */
package dev.sluice.admin.lane;
