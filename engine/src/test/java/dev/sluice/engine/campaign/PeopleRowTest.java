package dev.sluice.engine.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeopleRowTest {
    /** Five thousand such rows wait for a commit together: kept whole they were more than the memory. */
    @Test
    void aBadRowKeepsOnlyItsBeginning() {
        PeopleChunk chunk = new PeopleChunk(0);
        chunk.add(
                PeopleRow.rejected(0, 2, "a\0" + "x".repeat(250_000), "The body is not valid JSON."), new SeenPeople());
        assertThat(chunk.rows()).isOne();
        assertThat(chunk.rejectedTexts()).containsExactly("a\uFFFD" + "x".repeat(198));
    }

    @Test
    void aShortBadRowIsKeptWhole() {
        assertThat(PeopleRow.rejected(7, null, "a,b", "no").recipient()).isEqualTo("a,b");
    }
}
