package dev.sluice.loadtest.bench.meter;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** What is on this process' heap. */
public final class Heap {
    /** What a first collection only makes collectable is gone after the next ones. */
    private static final int COLLECTIONS = 3;

    private static final double MEGABYTE = 1 << 20;

    private Heap() {}

    /** In use after garbage collection, in megabytes as {@code -Xmx} counts them. Blocks. */
    public static double usedMegabytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed() / MEGABYTE;
    }
}
