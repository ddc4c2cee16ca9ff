package dev.sluice.engine;

import dev.sluice.engine.config.ConfigInvalid;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfigFile;
import dev.sluice.engine.node.Engine;
import dev.sluice.engine.node.EnginePart;
import dev.sluice.engine.node.NodeParts;
import dev.sluice.engine.node.StandardParts;
import dev.sluice.engine.node.StartFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one node until it is told to stop. Its only argument is a configuration file; without one, the environment and the defaults hold. */
public final class EngineMain {
    private static final Logger log = LoggerFactory.getLogger(EngineMain.class);

    private static final int STORE_LOST = 3;

    private EngineMain() {}

    public static void main(String[] arguments) {
        // Numbers become statements and configurations: in some locales they would be written with other digits.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        try {
            EngineConfig config = arguments.length == 0
                    ? EngineConfigFile.parse("", System.getenv())
                    : EngineConfigFile.read(Path.of(arguments[0]), System.getenv());
            serve(config, StandardParts::of);
        } catch (ConfigInvalid e) {
            log.error(e.getMessage());
            System.exit(2);
        } catch (StartFailure e) {
            log.error("Sluice did not start: {}", e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Starts a node that stops in order when the process is asked to end; returns when it runs. When an embedded store is lost the process ends, for whoever
     * watches it to start it again.
     */
    public static Engine serve(EngineConfig config, Function<NodeParts, List<EnginePart>> parts) {
        Engine engine = new OrderlyStop(config.node().stopMillis()).start(() -> Engine.start(config, parts));
        engine.storeLost()
                .thenAccept(what -> Thread.ofPlatform().name("sluice-lost").start(() -> {
                    log.error("Sluice ends, and goes on when it is started again: {}", what);
                    System.exit(STORE_LOST);
                }));
        return engine;
    }
}
