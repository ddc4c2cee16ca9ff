package dev.sluice.engine.channel;

import io.vertx.core.buffer.Buffer;

/**
 * An HTTP answer that arrived whole, within the deadline and under the size cap.
 *
 * @param status HTTP status
 * @param body body, perhaps empty
 */
public record PlatformReply(int status, Buffer body) {}
