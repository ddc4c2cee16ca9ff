/** Credentials at a platform; secrets go in and never come out. */
package dev.sluice.admin.app;
