package dev.sluice.simulator.limit;

import java.util.Arrays;

/** An open-addressing map from 64-bit keys to small counts: 12 to 24 bytes a key, no objects. Not thread-safe. */
public final class LongCounts {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[64];
    private int[] counts = new int[64];
    private int size;

    /** Mixes two numbers into a key that spreads well. */
    public static long key(long left, long right) {
        long mixed = (left ^ Long.rotateLeft(right, 29)) * GOLDEN + right;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 29);
    }

    /** Count of a key, zero if it was never added. */
    public int get(long key) {
        return counts[slot(key)];
    }

    /** Adds one and answers the new count. */
    public int increment(long key) {
        int slot = slot(key);
        if (counts[slot] == 0) {
            if ((size + 1) * 3L > keys.length * 2L) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
            size++;
        }
        return ++counts[slot];
    }

    public int size() {
        return size;
    }

    /** Forgets everything; gives large tables back. */
    public void clear() {
        if (keys.length > 4096) {
            keys = new long[64];
            counts = new int[64];
        } else {
            Arrays.fill(counts, 0);
        }
        size = 0;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * GOLDEN) >>> 33) & mask;
        while (counts[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new long[oldKeys.length * 2];
        counts = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
            }
        }
    }
}
