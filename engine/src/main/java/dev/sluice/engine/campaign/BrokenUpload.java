package dev.sluice.engine.campaign;

import dev.sluice.engine.http.ProblemType;
import java.io.IOException;

/** A people file cannot be read any further: its client went away, was too slow or lost its key, or it makes no sense from here on. What came before is whole. */
final class BrokenUpload extends IOException {
    private final ProblemType type;

    private BrokenUpload(ProblemType type, String message) {
        super(message);
        this.type = type;
    }

    /** Its bytes do not come any more. */
    static BrokenUpload cutOff(String message) {
        return new BrokenUpload(ProblemType.MALFORMED_REQUEST, message);
    }

    /** Whoever sends it may not any more. */
    static BrokenUpload refused(String message) {
        return new BrokenUpload(ProblemType.UNAUTHENTICATED, message);
    }

    /** Nobody can say where its next row begins. */
    static BrokenUpload unreadable(String message) {
        return new BrokenUpload(ProblemType.INVALID_REQUEST, message);
    }

    /** The same, with the row at which it happened and how many rows of the file are durable. */
    BrokenUpload at(int row, int rowsReceived) {
        return new BrokenUpload(
                type,
                "%s That was at row %d; %d rows are stored. Send the file again, or from row %d on (fromRow=%d)."
                        .formatted(getMessage(), row, rowsReceived, rowsReceived, rowsReceived));
    }

    /** What the client is told. */
    ProblemType type() {
        return type;
    }
}
