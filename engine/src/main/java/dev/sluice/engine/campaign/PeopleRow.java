package dev.sluice.engine.campaign;

/**
 * One row of a people file.
 *
 * @param number its place in the file, from 0, without the header
 * @param recipient trimmed; what stands there where it is bad
 * @param verdict what is wrong with it, one sentence; null for a good one
 */
record PeopleRow(int number, String recipient, String verdict) {
    boolean good() {
        return verdict == null;
    }
}
