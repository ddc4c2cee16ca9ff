package dev.sluice.loadtest.scenario;

/** What is to become of the people of a load by the end of a run. */
public enum Expectation {
    /** Everybody is settled. */
    SETTLED,
    /** Some may still wait, each with the reason that holds them. */
    HELD
}
