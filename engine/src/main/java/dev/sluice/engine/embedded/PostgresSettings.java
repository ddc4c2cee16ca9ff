package dev.sluice.engine.embedded;

import java.util.LinkedHashMap;
import java.util.Map;

/** How the embedded Postgres is set: durable first, then for bulk inserts on a small machine. */
final class PostgresSettings {
    private static final long MEGABYTE = 1 << 20;
    /** What Postgres takes by itself. */
    private static final long LEAST_BUFFERS = 128 * MEGABYTE;
    /** Whoever needs more needs a Postgres of their own. */
    private static final long MOST_BUFFERS = 2_048 * MEGABYTE;

    private PostgresSettings() {}

    /**
     * @param port on 127.0.0.1
     * @param memoryBytes of the machine, or of the container
     */
    static Map<String, String> of(int port, long memoryBytes) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "200");
        settings.put("fsync", "on");
        settings.put("full_page_writes", "on");
        settings.put("synchronous_commit", "on");
        settings.put("shared_buffers", buffersBytes(memoryBytes) / MEGABYTE + "MB");
        // Checkpoints half as often: each makes the next writes of every page a full page in the log.
        settings.put("max_wal_size", "4GB");
        settings.put("checkpoint_timeout", "10min");
        // All files of the log are kept and written over: while a new one is made no commit ends, for some 50 ms.
        settings.put("min_wal_size", "4GB");
        settings.put("wal_compression", "on");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        // One file per weekday, overwritten a week later: the log cannot fill the disk.
        settings.put("logging_collector", "on");
        settings.put("log_directory", "../log");
        settings.put("log_filename", "postgres-%a.log");
        settings.put("log_truncate_on_rotation", "on");
        settings.put("log_rotation_age", "1d");
        settings.put("log_rotation_size", "0");
        return settings;
    }

    /**
     * An eighth of the memory, since the engine is on the same machine. The index by recipient is written all over, not at its end: what of it does not fit here
     * goes out and comes back again and again.
     */
    private static long buffersBytes(long memoryBytes) {
        return Math.clamp(memoryBytes / 8, LEAST_BUFFERS, MOST_BUFFERS);
    }
}
