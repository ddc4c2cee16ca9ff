package dev.sluice.engine.campaign;

import java.io.IOException;

/** Rows of a people file, one after the other. */
interface PeopleSource extends AutoCloseable {
    /** The next row's recipient, and what is wrong with the row; null at the end of the file. */
    Cell next() throws IOException;

    @Override
    void close() throws IOException;

    /**
     * What a row says about its recipient.
     *
     * @param line at which it begins, from 1, of what this source reads: the header and blank lines count
     * @param text what stands where the recipient should be
     * @param fault why it cannot be read; null when it can
     */
    record Cell(int line, String text, String fault) {}
}
