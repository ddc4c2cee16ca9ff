package dev.sluice.loadtest.scenario;

/** How the requests of a load are spread over time. */
public enum Arrivals {
    /** Evenly. */
    CONSTANT,
    /** Independently of each other, with the same rate on average. */
    POISSON
}
