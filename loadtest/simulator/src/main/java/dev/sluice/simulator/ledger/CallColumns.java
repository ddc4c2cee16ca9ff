package dev.sluice.simulator.ledger;

import dev.sluice.simulator.http.Api;
import java.util.ArrayList;
import java.util.List;

/** Calls as primitive columns in chunks, so that growing never copies and nothing is an object. */
final class CallColumns {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK_ROWS = 1 << CHUNK_BITS;
    private static final int METERED = 1;
    private static final int THROTTLED = 2;
    private static final int PROCESSED = 4;
    private static final Api[] APIS = Api.values();

    private final Names names = new Names();
    private final List<Chunk> chunks = new ArrayList<>();
    private long size;

    private static final class Chunk {
        private final long[] arrivalNanos = new long[CHUNK_ROWS];
        private final long[] wallMillis = new long[CHUNK_ROWS];
        private final long[] contentHash = new long[CHUNK_ROWS];
        private final long[] firstRecipient = new long[CHUNK_ROWS];
        private final int[] address = new int[CHUNK_ROWS];
        private final int[] app = new int[CHUNK_ROWS];
        private final int[] corp = new int[CHUNK_ROWS];
        private final int[] outcome = new int[CHUNK_ROWS];
        private final int[] fault = new int[CHUNK_ROWS];
        private final int[] recipients = new int[CHUNK_ROWS];
        private final int[] shown = new int[CHUNK_ROWS];
        private final byte[] api = new byte[CHUNK_ROWS];
        private final byte[] flags = new byte[CHUNK_ROWS];
    }

    long size() {
        return size;
    }

    void append(CallDraft draft, long firstRecipient) {
        int at = (int) size & (CHUNK_ROWS - 1);
        if (at == 0) {
            chunks.add(new Chunk());
        }
        Chunk chunk = chunks.getLast();
        chunk.arrivalNanos[at] = draft.arrivalNanos();
        chunk.wallMillis[at] = draft.wallMillis();
        chunk.contentHash[at] = draft.contentHash();
        chunk.firstRecipient[at] = firstRecipient;
        chunk.address[at] = names.number(draft.address());
        chunk.app[at] = names.number(draft.appKey());
        chunk.corp[at] = names.number(draft.corpId());
        chunk.outcome[at] = names.number(draft.outcome());
        chunk.fault[at] = names.number(draft.fault());
        chunk.recipients[at] = draft.recipients();
        chunk.shown[at] = draft.shown();
        chunk.api[at] = (byte) draft.api().ordinal();
        chunk.flags[at] = (byte) ((draft.isMetered() ? METERED : 0)
                | (draft.isThrottled() ? THROTTLED : 0)
                | (draft.isProcessed() ? PROCESSED : 0));
        size++;
    }

    CallRow row(long number) {
        Chunk chunk = chunk(number);
        int at = (int) number & (CHUNK_ROWS - 1);
        int flags = chunk.flags[at];
        return new CallRow(
                number,
                chunk.arrivalNanos[at],
                chunk.wallMillis[at],
                names.text(chunk.address[at]),
                names.text(chunk.app[at]),
                names.text(chunk.corp[at]),
                APIS[chunk.api[at]],
                names.text(chunk.outcome[at]),
                names.text(chunk.fault[at]),
                (flags & METERED) != 0,
                (flags & THROTTLED) != 0,
                (flags & PROCESSED) != 0,
                chunk.recipients[at],
                chunk.shown[at],
                chunk.contentHash[at]);
    }

    long firstRecipient(long number) {
        return chunk(number).firstRecipient[(int) number & (CHUNK_ROWS - 1)];
    }

    private Chunk chunk(long number) {
        return chunks.get((int) (number >> CHUNK_BITS));
    }
}
