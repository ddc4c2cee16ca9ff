package dev.sluice.loadtest.demo;

import dev.sluice.loadtest.terminal.Language;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to run a demo.
 *
 * @param file the user's own people; empty: people are made
 * @param lines of each made file
 * @param directory kept after the run; empty: a temporary one
 * @param columns of the terminal; empty: plain lines
 * @param language of what is shown
 */
public record DemoOptions(
        Optional<PeopleFile> file, int lines, Optional<Path> directory, Optional<Integer> columns, Language language) {}
