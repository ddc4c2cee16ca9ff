package dev.sluice.loadtest.scenario;

import dev.sluice.loadtest.terminal.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a scenario file, or says everything that is wrong with it. */
public final class ScenarioFile {
    private ScenarioFile() {}

    /**
     * Reads one.
     *
     * @throws ScenarioInvalid with all faults, each behind the name of the file
     */
    public static Scenario read(Path file) throws ScenarioInvalid {
        try {
            return parse(SmallFile.text(file));
        } catch (IOException e) {
            throw new ScenarioInvalid(
                    List.of(file + ": cannot be read: is it there, a text in UTF-8, and no longer than a megabyte?"));
        } catch (ScenarioInvalid invalid) {
            throw new ScenarioInvalid(
                    invalid.faults().stream().map(fault -> file + ": " + fault).toList());
        }
    }

    /** The same from text. */
    public static Scenario parse(String yaml) throws ScenarioInvalid {
        return new ScenarioParts(mapping(yaml)).read();
    }

    private static Map<?, ?> mapping(String yaml) throws ScenarioInvalid {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        // A section that names itself has no end.
        options.setMaxAliasesForCollections(0);
        try {
            if (new Yaml(new PlainValues(options)).load(yaml) instanceof Map<?, ?> mapping) {
                return mapping;
            }
        } catch (MarkedYAMLException e) {
            throw new ScenarioInvalid(List.of("line %d, column %d: %s"
                    .formatted(
                            e.getProblemMark().getLine() + 1, e.getProblemMark().getColumn() + 1, e.getProblem())));
        } catch (YAMLException e) {
            throw new ScenarioInvalid(
                    List.of("the file is no YAML that can be read; write sections out instead of naming them with *: "
                            + e.getMessage().lines().findFirst().orElse("")));
        }
        throw new ScenarioInvalid(List.of("the file must be a mapping: name, description, tenants, load ..."));
    }
}
