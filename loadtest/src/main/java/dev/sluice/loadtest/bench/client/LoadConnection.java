package dev.sluice.loadtest.bench.client;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One keep-alive connection with at most one request on its way. Confined to its event loop. */
public final class LoadConnection {
    private static final String LENGTH = "content-length:";
    /** {@code HTTP/1.1 } ends here; the status follows. */
    private static final int STATUS_AT = 9;

    /** Told about every whole answer. */
    interface Listener {
        void answered(LoadConnection connection, boolean good);
    }

    private final NetSocket socket;
    private final Listener listener;
    private Buffer received = Buffer.buffer();
    private int wholeLength = -1;
    private long intendedNanos;
    private boolean busy;

    LoadConnection(NetSocket socket, Listener listener) {
        this.socket = socket;
        this.listener = listener;
        socket.handler(this::arrived);
    }

    void send(Buffer request, long intended) {
        intendedNanos = intended;
        busy = true;
        socket.write(request);
    }

    long intendedNanos() {
        return intendedNanos;
    }

    boolean busy() {
        return busy;
    }

    void close() {
        socket.close();
    }

    private void arrived(Buffer part) {
        received = received.length() == 0 ? part : received.appendBuffer(part);
        if (wholeLength < 0) {
            wholeLength = length(received);
        }
        if (wholeLength >= 0 && received.length() >= wholeLength) {
            boolean good = received.getByte(STATUS_AT) == '2';
            received = Buffer.buffer();
            wholeLength = -1;
            busy = false;
            listener.answered(this, good);
        }
    }

    /** Head and body in bytes; -1 while the head is not whole. */
    private static int length(Buffer answer) {
        String head = answer.toString(StandardCharsets.ISO_8859_1);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return -1;
        }
        String lower = head.substring(0, end).toLowerCase(Locale.ROOT);
        int at = lower.indexOf(LENGTH);
        if (at < 0) {
            throw new IllegalStateException("an answer without a length: " + head);
        }
        int lineEnd = lower.indexOf('\r', at);
        String digits = lower.substring(at + LENGTH.length(), lineEnd < 0 ? lower.length() : lineEnd);
        return end + 4 + Integer.parseInt(digits.strip());
    }
}
