package dev.sluice.engine.campaign;

import dev.sluice.engine.model.SubmissionState;

/**
 * How much of a people file is durable.
 *
 * @param channelId the campaign's channel
 * @param state the campaign's state
 * @param total its deliveries
 * @param duplicates those of them that stand in it before
 * @param rowsReceived rows of the file, good and bad
 * @param rowsRejected the bad ones
 */
record UploadProgress(
        long channelId, SubmissionState state, int total, int duplicates, int rowsReceived, int rowsRejected) {

    UploadProgress plus(PeopleChunk chunk) {
        return new UploadProgress(
                channelId,
                state,
                total + chunk.recipients().length,
                duplicates + chunk.duplicateCount(),
                rowsReceived + chunk.rows(),
                rowsRejected + chunk.rejectedRows().length);
    }
}
