package dev.sluice.engine.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads {@code sluice.yaml} and the environment into an {@link EngineConfig}, or says everything that is wrong with them. */
public final class EngineConfigFile {
    private static final int MOST_CHARACTERS = 1_000_000;

    private EngineConfigFile() {}

    /**
     * Reads a file laid under environment variables.
     *
     * @throws ConfigInvalid with all faults
     */
    public static EngineConfig read(Path file, Map<String, String> environment) {
        try {
            return parse(file.toString(), Files.readString(file), environment);
        } catch (IOException e) {
            throw new ConfigInvalid(List.of("cannot read " + file.toAbsolutePath() + ": is it there, and readable?"));
        }
    }

    /** The same from text; an empty one gives the defaults. */
    public static EngineConfig parse(String yaml, Map<String, String> environment) {
        return parse("the configuration", yaml, environment);
    }

    private static EngineConfig parse(String source, String yaml, Map<String, String> environment) {
        return EngineConfigParts.read(new ConfigReader(mapping(source, yaml), environment));
    }

    private static Map<?, ?> mapping(String source, String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(MOST_CHARACTERS);
        // A section that names itself has no end.
        options.setMaxAliasesForCollections(0);
        try {
            Object root = new Yaml(new SafeConstructor(options)).load(yaml);
            if (root == null) {
                return Map.of();
            }
            if (root instanceof Map<?, ?> mapping) {
                return mapping;
            }
        } catch (MarkedYAMLException e) {
            throw new ConfigInvalid(List.of("%s, line %d, column %d: %s"
                    .formatted(
                            source,
                            e.getProblemMark().getLine() + 1,
                            e.getProblemMark().getColumn() + 1,
                            e.getProblem())));
        } catch (YAMLException e) {
            throw new ConfigInvalid(
                    List.of(source + " is no YAML that can be read; write sections out instead of naming them with *: "
                            + e.getMessage()));
        }
        throw new ConfigInvalid(List.of(source + " must be a mapping of sections, such as http: and postgres:"));
    }
}
