package dev.sluice.engine.campaign;

/**
 * One row of a people file.
 *
 * @param number its place in the file, from 0, without the header and blank lines
 * @param line of the file at which it begins, from 1, as an editor shows it; null where the upload did not begin with the file, so that nobody knows
 * @param recipient trimmed; of a bad row the beginning of what stands there, in a form that the database keeps
 * @param verdict what is wrong with it, one sentence; null for a good one
 */
record PeopleRow(int number, Integer line, String recipient, String verdict) {
    /** Of a bad row: enough to recognise it. A row may have 256 KB, and thousands of them wait together for their commit. */
    private static final int MOST_REJECTED_CHARS = 200;

    /** A bad one. What was read of it is cut here, before anybody keeps it. */
    static PeopleRow rejected(int number, Integer line, String text, String verdict) {
        String begin = text.substring(0, Math.min(text.length(), MOST_REJECTED_CHARS));
        return new PeopleRow(number, line, begin.replace("\0", "\uFFFD"), verdict);
    }

    boolean good() {
        return verdict == null;
    }
}
