package dev.sluice.engine.model;

/** For which calls the platform is asked afterwards what became of them. Asking costs metered calls. */
public enum ReceiptPolicy {
    ALL,
    SAMPLE,
    NONE
}
