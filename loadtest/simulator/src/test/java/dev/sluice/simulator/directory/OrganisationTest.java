package dev.sluice.simulator.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrganisationTest {
    private final Organisation organisation = new Organisation("corp", "standard");
    private final People people = organisation.people();

    @Test
    void aRangeNamesItsPeopleAndNobodyElse() {
        people.addRange("user", 1_000_000);
        assertThat(people.userid(people.indexOf("user000001"))).isEqualTo("user000001");
        assertThat(people.userid(people.indexOf("user1000000"))).isEqualTo("user1000000");
        for (String stranger : List.of("user000000", "user1", "user0000001", "user1000001", "userx00001", "user")) {
            assertThat(people.standing(people.indexOf(stranger))).as(stranger).isEqualTo(Standing.UNKNOWN);
            assertThat(people.userid(people.indexOf(stranger))).isEqualTo(stranger);
        }
    }

    @Test
    void aStrangerCanJoinAndAMemberCanLeave() {
        people.indexOf("li");
        people.add("li");
        assertThat(people.standing(people.indexOf("li"))).isEqualTo(Standing.MEMBER);
        people.setStanding("li", Standing.UNKNOWN);
        assertThat(people.standing(people.indexOf("li"))).isEqualTo(Standing.UNKNOWN);
        people.add("li");
        assertThat(people.standing(people.indexOf("li"))).isEqualTo(Standing.MEMBER);
    }

    @Test
    void somebodyAddedBeforeTheRangeCameStaysAsTheyAre() {
        people.add("user000002", Department.ROOT, Standing.OUT_OF_SCOPE);
        people.indexOf("user000003");
        people.addRange("user", 10);

        assertThat(people.standing(people.indexOf("user000002"))).isEqualTo(Standing.OUT_OF_SCOPE);
        assertThat(people.standing(people.indexOf("user000003"))).isEqualTo(Standing.MEMBER);
        List<Integer> members = new ArrayList<>();
        people.forEachIn(Department.ROOT, members::add);
        assertThat(members).hasSize(10);
    }

    @Test
    void aMobileBelongsToOnePerson() {
        people.addRange("user", 10);
        assertThat(people.indexOfMobile("13000000004")).isEqualTo(people.indexOf("user000005"));
        people.setMobile("user000005", "13911112222");
        assertThat(people.indexOfMobile("13000000004")).isEqualTo(-1);
        assertThat(people.mobile(people.indexOfMobile("13911112222"))).isEqualTo("13911112222");
    }

    @Test
    void departmentsFormATree() {
        organisation.addDepartment(new Department(2, "sales", 1));
        organisation.addDepartment(new Department(3, "north", 2));
        people.addRange("s", 1, 5, 3, Standing.MEMBER);

        assertThat(organisation.subtree(1)).containsExactly(1L, 2L, 3L);
        List<Integer> members = new ArrayList<>();
        organisation.subtree(2).forEach(id -> people.forEachIn(id, members::add));
        assertThat(members).hasSize(5);
        assertThatThrownBy(() -> organisation.addDepartment(new Department(2, "sales", 3)))
                .hasMessageContaining("below itself");
        assertThatThrownBy(() -> organisation.addDepartment(new Department(9, "lost", 8)))
                .hasMessageContaining("existing parent");
    }
}
