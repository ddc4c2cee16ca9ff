package dev.sluice.engine.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the Postgres programs of this machine's system and architecture from the class path, once per directory. */
final class PostgresBinaries {
    /** Part of the directory's name, so that a new release of the programs is unpacked beside the old one. */
    private static final String RELEASE = "postgres-18.6";

    private PostgresBinaries() {}

    /**
     * Where the programs are, unpacked when they are not yet.
     *
     * @param parent the directory that holds the unpacked release
     * @throws IOException when there are none for this machine, or no room
     */
    static Path unpackedIn(Path parent) throws IOException {
        Path home = parent.resolve(RELEASE);
        if (Files.isExecutable(home.resolve("bin/postgres"))) {
            return home;
        }
        Path unfinished = Files.createDirectories(parent.resolve(RELEASE + ".unfinished"));
        try (InputStream archive = archive();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, unfinished);
            }
        }
        Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        return home;
    }

    private static InputStream archive() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "Darwin" : "Linux";
        String architecture = System.getProperty("os.arch");
        InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, architecture);
        if (archive == null) {
            throw new IOException("no embedded Postgres for %s on %s: set postgres.uri to a server of your own"
                    .formatted(system, architecture));
        }
        return archive;
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("the archive of Postgres points outside itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.deleteIfExists(target);
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
        boolean isProgram = (entry.getMode() & 0100) != 0;
        if (isProgram && !target.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + target + " executable: is its file system mounted noexec?");
        }
    }
}
