package dev.sluice.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whose Postgres programs run. */
public interface PostgresPrograms {
    /**
     * The directory with {@code postgres} and {@code initdb}. May take seconds the first time; blocks.
     *
     * @throws IOException when they are not there; says what to do
     */
    Path bin() throws IOException;

    /**
     * Those that Sluice brings along. They are built to be small: at the same work they take more of a processor than those of an installation.
     *
     * @param directory where they are unpacked to when they are not yet; may be shared
     */
    static PostgresPrograms embedded(Path directory) {
        Path absolute = directory.toAbsolutePath();
        return () ->
                PostgresBinaries.unpackedIn(Files.createDirectories(absolute)).resolve("bin");
    }

    /**
     * Those of an installation.
     *
     * @param bin such as {@code /usr/lib/postgresql/18/bin}
     */
    static PostgresPrograms installed(Path bin) {
        return () -> {
            for (String program : new String[] {"postgres", "initdb"}) {
                if (!Files.isExecutable(bin.resolve(program))) {
                    throw new IOException("there is no program %s in %s: name the bin directory of a Postgres"
                            .formatted(program, bin));
                }
            }
            return bin.toAbsolutePath();
        };
    }
}
