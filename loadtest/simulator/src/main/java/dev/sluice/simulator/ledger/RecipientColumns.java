package dev.sluice.simulator.ledger;

import java.util.ArrayList;
import java.util.List;

/** Recipients of calls in order, five bytes each. */
final class RecipientColumns {
    private static final int CHUNK_BITS = 16;
    private static final int CHUNK_ROWS = 1 << CHUNK_BITS;

    private final List<int[]> persons = new ArrayList<>();
    private final List<byte[]> verdicts = new ArrayList<>();
    private long size;

    long size() {
        return size;
    }

    void append(int person, Verdict verdict) {
        int at = (int) size & (CHUNK_ROWS - 1);
        if (at == 0) {
            persons.add(new int[CHUNK_ROWS]);
            verdicts.add(new byte[CHUNK_ROWS]);
        }
        persons.getLast()[at] = person;
        verdicts.getLast()[at] = (byte) verdict.ordinal();
        size++;
    }

    int person(long number) {
        return persons.get((int) (number >> CHUNK_BITS))[(int) number & (CHUNK_ROWS - 1)];
    }

    Verdict verdict(long number) {
        return Verdict.of(verdicts.get((int) (number >> CHUNK_BITS))[(int) number & (CHUNK_ROWS - 1)]);
    }
}
