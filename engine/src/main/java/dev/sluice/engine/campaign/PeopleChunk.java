package dev.sluice.engine.campaign;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rows that become durable together: the good ones, which of them are duplicates, and the bad ones with their verdicts. Filled by one thread. */
final class PeopleChunk {
    private final int firstRow;
    private final List<String> recipients = new ArrayList<>();
    private final List<Boolean> duplicates = new ArrayList<>();
    private final List<PeopleRow> rejected = new ArrayList<>();
    private final Set<String> own = new HashSet<>();
    /** Those whom the filter may have seen in an earlier chunk. */
    private final Set<String> candidates = new HashSet<>();

    private int duplicateCount;

    PeopleChunk(int firstRow) {
        this.firstRow = firstRow;
    }

    void add(PeopleRow row, SeenPeople seen) {
        if (!row.good()) {
            rejected.add(row);
            return;
        }
        boolean again = !own.add(row.recipient());
        duplicates.add(again);
        duplicateCount += again ? 1 : 0;
        if (!again && !seen.add(row.recipient())) {
            candidates.add(row.recipient());
        }
        recipients.add(row.recipient());
    }

    /** Marks those who stand in the campaign before this chunk. */
    void markKnown(Set<String> known) {
        for (int i = 0; i < recipients.size(); i++) {
            if (!duplicates.get(i) && known.contains(recipients.get(i))) {
                duplicates.set(i, true);
                duplicateCount++;
            }
        }
    }

    String[] candidates() {
        return candidates.toArray(String[]::new);
    }

    int firstRow() {
        return firstRow;
    }

    int rows() {
        return recipients.size() + rejected.size();
    }

    String[] recipients() {
        return recipients.toArray(String[]::new);
    }

    Boolean[] duplicates() {
        return duplicates.toArray(Boolean[]::new);
    }

    int duplicateCount() {
        return duplicateCount;
    }

    Integer[] rejectedRows() {
        return rejected.stream().map(PeopleRow::number).toArray(Integer[]::new);
    }

    Integer[] rejectedLines() {
        return rejected.stream().map(PeopleRow::line).toArray(Integer[]::new);
    }

    String[] verdicts() {
        return rejected.stream().map(PeopleRow::verdict).toArray(String[]::new);
    }

    String[] rejectedTexts() {
        return rejected.stream().map(PeopleRow::recipient).toArray(String[]::new);
    }
}
