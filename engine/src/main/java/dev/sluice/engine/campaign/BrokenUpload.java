package dev.sluice.engine.campaign;

import java.io.IOException;

/** The client went away, or was too slow, in the middle of a people file. */
final class BrokenUpload extends IOException {
    BrokenUpload(String message) {
        super(message);
    }
}
