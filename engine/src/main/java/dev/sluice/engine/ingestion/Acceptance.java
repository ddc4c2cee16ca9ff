package dev.sluice.engine.ingestion;

/** What became of a request that asked to be accepted. */
sealed interface Acceptance {
    /**
     * It is durable.
     *
     * @param submissionId its id
     * @param total its deliveries
     * @param duplicates how many of them are suppressed as duplicates
     * @param replayed whether an earlier request with the same key made it
     */
    record Accepted(long submissionId, int total, int duplicates, boolean replayed) implements Acceptance {}

    /** Its key stands for another body. */
    record OtherBody() implements Acceptance {}
}
