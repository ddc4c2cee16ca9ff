package dev.sluice.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.simulator.directory.Standing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleFileTest {
    @TempDir
    private Path directory;

    @Test
    void madePeopleAreOfEveryKindAndReadBackAsTheyWereWritten() throws Exception {
        List<Person> people = new PeopleMaker(new SplittableRandom(1)).make(1_000);
        assertThat(people).hasSize(1_000);
        assertThat(people.stream().map(Person::recipient).distinct()).hasSize(950);
        assertThat(people.stream().map(Person::standing).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Standing.values());
        assertThat(people.stream().map(Person::name)).anyMatch(name -> name.startsWith("王"));
        assertThat(people.stream().map(Person::name)).anyMatch(name -> name.endsWith("García"));

        Path path = directory.resolve("people.csv");
        PeopleFile.write(path, people);
        assertThat(PeopleFile.read(path).people()).isEqualTo(people);
    }

    @Test
    void aUsersFileNeedsNoMoreThanARecipientColumn() throws Exception {
        Path path = write("\uFEFFName,UserId\n王芳,fang\n\"Smith, Anna\",anna\n");
        assertThat(PeopleFile.read(path).people())
                .containsExactly(
                        new Person("fang", "王芳", Standing.MEMBER), new Person("anna", "Smith, Anna", Standing.MEMBER));
    }

    @Test
    void aLineMayEndBeforeItsLastColumns() throws Exception {
        assertThat(PeopleFile.read(write("userid,name,standing\nfang\n")).people())
                .containsExactly(new Person("fang", "", Standing.MEMBER));
        assertThat(PeopleFile.read(write("name,userid\nfang\n")).people())
                .as("the engine says what it does not take")
                .containsExactly(new Person("", "fang", Standing.MEMBER));
    }

    @Test
    void whatIsWrongWithAFileIsOneSentence() throws IOException {
        assertFault(directory.resolve("none.csv"), "does not exist");
        assertFault(write(""), "names nobody");
        assertFault(write("recipient\n"), "names nobody");
        assertFault(write("name\nAnna\n"), "must name a column recipient, userid or user_id");
        assertFault(write("recipient,standing\nanna,member\nfang,gone\n"), "line 3: standing must be member");
        assertFault(
                write("recipient,name\nanna,Anna\nfang,\"Fang\nbob,Bob\n"), "line 3: a field goes on in the next line");
        assertFault(directory, "cannot be read");
    }

    private static void assertFault(Path path, String part) {
        assertThatThrownBy(() -> PeopleFile.read(path))
                .isInstanceOf(PeopleInvalid.class)
                .hasMessageContaining(part)
                .satisfies(fault -> assertThat(fault.getMessage().lines()).hasSize(1));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("people-" + text.hashCode() + ".csv"), text, StandardCharsets.UTF_8);
    }
}
