package dev.sluice.engine.campaign;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of bytes with a bound on their length; a byte order mark in front of the first is skipped. */
final class LineReader implements AutoCloseable {
    private static final int MOST_BYTES = 256 * 1024;

    /** What editors on Windows put in front of UTF-8. */
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream bytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private boolean begun;
    private int number;

    LineReader(InputStream bytes) {
        this.bytes = new BufferedInputStream(bytes, 64 * 1024);
    }

    /** Skips a UTF-8 byte order mark; to be called before the first line. */
    private void skipMark() throws IOException {
        bytes.mark(MARK.length);
        if (!Arrays.equals(bytes.readNBytes(MARK.length), MARK)) {
            bytes.reset();
        }
    }

    /** The next line without its end, null when there is none. */
    byte[] next() throws IOException {
        if (!begun) {
            begun = true;
            skipMark();
        }
        line.reset();
        int next = bytes.read();
        if (next < 0) {
            return null;
        }
        number++;
        while (next >= 0 && next != '\n') {
            if (next != '\r') {
                line.write(next);
            }
            if (line.size() > MOST_BYTES) {
                throw BrokenUpload.unreadable("A line is longer than " + MOST_BYTES + " bytes.");
            }
            next = bytes.read();
        }
        return line.toByteArray();
    }

    /** Which line was read last, from 1. */
    int number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
