package dev.sluice.loadtest.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that somebody wrote and names at the terminal: UTF-8, and no longer than a megabyte, whatever stands at the path. */
public final class SmallFile {
    private static final int MOST_BYTES = 1_000_000;

    private SmallFile() {}

    /**
     * Reads it.
     *
     * @throws IOException where there is none, or it is no text, or longer
     */
    public static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException(file + " is longer than a megabyte");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }
}
