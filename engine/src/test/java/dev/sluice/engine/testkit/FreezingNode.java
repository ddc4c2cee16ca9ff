package dev.sluice.engine.testkit;

import dev.sluice.engine.EngineMain;
import dev.sluice.engine.config.EngineConfigFile;
import dev.sluice.engine.embedded.Signals;
import dev.sluice.engine.node.StandardParts;
import dev.sluice.engine.recovery.CrashPoint;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A node whose whole process stops, without noticing, when it reaches a crash point for the n-th time. Arguments: configuration file, point, n. */
public final class FreezingNode {
    private FreezingNode() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        CrashPoint freezing = CrashPoint.valueOf(arguments[1]);
        AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[2]));
        EngineMain.serve(
                EngineConfigFile.read(Path.of(arguments[0]), Map.of()),
                parts -> StandardParts.of(parts.with(point -> {
                    if (point == freezing && left.decrementAndGet() == 0) {
                        Signals.send(ProcessHandle.current(), "STOP");
                    }
                })));
    }
}
