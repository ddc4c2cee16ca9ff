package dev.sluice.engine.campaign;

import dev.sluice.engine.http.Invitation;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Carries a request's body from its event loop to a thread that blocks. Holds at most about {@value #HIGH_CHUNKS} chunks: then the socket is paused, until
 * {@value #LOW_CHUNKS} are left, so a slow database slows the client and costs no memory. A client that is silent, or drips, is given up: only the time that
 * is spent waiting for it counts.
 */
final class BoundedPipe extends InputStream {
    private static final int HIGH_CHUNKS = 32;
    private static final int LOW_CHUNKS = 8;
    /** What must arrive in the time of a stall: a phone on a bad line brings more, a drip to hold a place less. */
    private static final int LEAST_BYTES = 16 * 1024;
    /** The same while somebody finds no place: who is slower makes room, and goes on later from the row that it had reached. */
    private static final int LEAST_BYTES_WHERE_WANTED = 1024 * 1024;

    private static final Chunk END = new Chunk(null, null);

    private final HttpServerRequest request;
    private final Context loop;
    private final long stallNanos;
    private final BooleanSupplier placeWanted;
    private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
    /** Touched on the event loop only. */
    private boolean paused;

    private byte[] current = new byte[0];
    private int position;
    private long waitedNanos;
    private long bytesMeanwhile;

    /**
     * Attaches to the request; must be called on its event loop before its body flows.
     *
     * @param placeWanted whether somebody needs the place of an upload; asked on any thread
     */
    BoundedPipe(HttpServerRequest request, Context loop, long stallMillis, BooleanSupplier placeWanted) {
        this.request = request;
        this.loop = loop;
        this.stallNanos = stallMillis * 1_000_000;
        this.placeWanted = placeWanted;
        request.handler(this::arrived);
        request.endHandler(end -> chunks.add(END));
        request.exceptionHandler(broken ->
                chunks.add(new Chunk(null, BrokenUpload.cutOff("The upload broke off: " + broken.getMessage()))));
        Invitation.send(request);
    }

    /** Ends it behind what has arrived; on the event loop. */
    void end(BrokenUpload failure) {
        chunks.add(new Chunk(null, failure));
    }

    private void arrived(Buffer bytes) {
        chunks.add(new Chunk(bytes.getBytes(), null));
        if (!paused && chunks.size() >= HIGH_CHUNKS) {
            paused = true;
            request.pause();
        }
    }

    private void resume() {
        if (paused) {
            paused = false;
            request.resume();
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? current[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (!fill()) {
            return -1;
        }
        int taken = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, taken);
        position += taken;
        return taken;
    }

    /** Throws away what still arrives, so that the client can read the answer. */
    void drain() {
        loop.runOnContext(onLoop -> {
            if (!request.isEnded()) {
                request.handler(bytes -> {});
                request.endHandler(null);
                request.exceptionHandler(null);
                request.resume();
            }
        });
    }

    private boolean fill() throws IOException {
        while (position == current.length) {
            Chunk next = take();
            if (next.failure != null) {
                chunks.add(next);
                throw next.failure;
            }
            if (next.bytes == null) {
                chunks.add(END);
                return false;
            }
            current = next.bytes;
            position = 0;
        }
        return true;
    }

    private Chunk take() throws IOException {
        try {
            long askedNanos = System.nanoTime();
            Chunk next = chunks.poll(stallNanos - waitedNanos, TimeUnit.NANOSECONDS);
            waitedNanos += System.nanoTime() - askedNanos;
            if (next != null && next.bytes != null) {
                bytesMeanwhile += next.bytes.length;
            }
            if (next == null || waitedNanos >= stallNanos) {
                checkProgress();
            }
            if (next == null) {
                return take();
            }
            if (chunks.size() == LOW_CHUNKS) {
                loop.runOnContext(onLoop -> resume());
            }
            return next;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw BrokenUpload.cutOff("This node is stopping.");
        }
    }

    /** Starts a new stall when enough arrived in the last one. */
    private void checkProgress() throws BrokenUpload {
        boolean isWanted = placeWanted.getAsBoolean();
        if (bytesMeanwhile < (isWanted ? LEAST_BYTES_WHERE_WANTED : LEAST_BYTES)) {
            throw BrokenUpload.cutOff("Only %d bytes arrived in %d s of waiting%s."
                    .formatted(
                            bytesMeanwhile,
                            TimeUnit.NANOSECONDS.toSeconds(stallNanos),
                            isWanted ? ", and others need the place" : ""));
        }
        waitedNanos = 0;
        bytesMeanwhile = 0;
    }

    /** Bytes, a failure, or neither: the end. */
    private static final class Chunk {
        final byte[] bytes;
        final BrokenUpload failure;

        Chunk(byte[] bytes, BrokenUpload failure) {
            this.bytes = bytes;
            this.failure = failure;
        }
    }
}
