package dev.sluice.loadtest.cli;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --config}: which configuration a command uses. */
final class ConfigOption {
    private static final Path USUAL = Path.of("sluice.yaml");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = {
                "Configuration (default: sluice.yaml if there is one; see sluice.example.yaml).",
                "配置文件（默认读取当前目录的 sluice.yaml）。"
            })
    private Path file;

    /** The configuration: the named file, else the usual one if there is one, each under the environment. */
    EngineConfig read() {
        if (file != null) {
            return EngineConfigFile.read(file, System.getenv());
        }
        return Files.exists(USUAL)
                ? EngineConfigFile.read(USUAL, System.getenv())
                : EngineConfigFile.parse("", System.getenv());
    }
}
