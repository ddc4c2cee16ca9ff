package dev.sluice.engine.config;

/** What a node does. All by default; a large installation splits them over machines. */
public enum NodeRole {
    /** Accepts submissions over HTTP. */
    INGESTION,
    /** Owns lanes: decides what goes when, settles, recovers. */
    SCHEDULER,
    /** Carries calls to the platforms for the scheduler of the same node. */
    SENDER
}
