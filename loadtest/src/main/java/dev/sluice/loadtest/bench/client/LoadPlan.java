package dev.sluice.loadtest.bench.client;

/**
 * A load.
 *
 * @param seconds how long
 * @param perSecond arrivals at even intervals, whatever the server does (open loop); 0: each connection sends when it has its answer (closed loop)
 */
public record LoadPlan(int seconds, double perSecond) {}
