package dev.sluice.loadtest.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where an option says that a command writes: tried before anything starts, so that nothing is lost in the end for want of a place. What is no such place is a
 * {@link ParameterException}.
 *
 * @param command whose option it is
 * @param option its name
 */
public record OutputPlace(CommandSpec command, String option) {
    /** For files whose names nobody knows yet: made if there is none, and one is written and taken away, since permissions alone do not tell. */
    public void directory(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "sluice", null));
        } catch (IOException e) {
            throw wrong("cannot write in %s: name a directory that you may write to".formatted(directory));
        }
    }

    /** For one file, in a directory that is made if there is none. */
    public void file(Path file) {
        if (Files.isDirectory(file)) {
            throw wrong("%s is a directory: name a file in it".formatted(file));
        }
        if (Files.exists(file)) {
            open(file);
        } else {
            directory(file.toAbsolutePath().getParent());
        }
    }

    /** Opened and left as it is: what is in it stays until there is something to write. */
    private void open(Path file) {
        try {
            Files.newByteChannel(file, StandardOpenOption.WRITE).close();
        } catch (IOException e) {
            throw wrong("cannot write to %s: name a file that you may write to".formatted(file));
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), option + ": " + sentence);
    }
}
