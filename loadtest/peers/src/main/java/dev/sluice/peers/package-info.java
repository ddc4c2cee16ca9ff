/**
 * What a Java team would build instead of Sluice, for the benchmark to measure beside it: a job queue on Postgres, a rate limiter on Redis and an HTTP client. Runs as
 * a process of its own and is never shipped, since JobRunr is LGPL.
 */
package dev.sluice.peers;
