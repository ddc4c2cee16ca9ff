package dev.sluice.loadtest.demo;

import dev.sluice.simulator.directory.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes people as a company's export has them: Chinese and Latin names, people twice, people who left, people whom the app does not reach. */
final class PeopleMaker {
    private static final int DUPLICATE_PERCENT = 5;
    private static final int UNKNOWN_PER_MILLE = 10;
    private static final int OUT_OF_SCOPE_PER_MILLE = 5;
    private static final int PROTECTED_PER_MILLE = 2;

    private static final String[][] FAMILIES = {
        {"王", "wang"},
        {"李", "li"},
        {"张", "zhang"},
        {"刘", "liu"},
        {"陈", "chen"},
        {"杨", "yang"},
        {"欧阳", "ouyang"},
        {"Müller", "mueller"},
        {"García", "garcia"},
        {"O'Brien", "obrien"},
        {"Smith", "smith"},
        {"Nguyễn", "nguyen"}
    };
    private static final String[][] GIVEN = {
        {"伟", "wei"}, {"芳", "fang"}, {"娜", "na"}, {"秀英", "xiuying"}, {"敏", "min"}, {"静", "jing"}, {"磊", "lei"}
    };
    private static final String[] LATIN_GIVEN = {"Anna", "José", "Zoë", "Liam", "Søren", "Mary, Jr."};
    private static final int CHINESE_FAMILIES = 7;

    private final RandomGenerator random;

    PeopleMaker(RandomGenerator random) {
        this.random = random;
    }

    /** That many lines, duplicates among them. */
    List<Person> make(int lines) {
        int duplicates = lines * DUPLICATE_PERCENT / 100;
        List<Person> people = new ArrayList<>(lines);
        for (int i = 0; i < lines - duplicates; i++) {
            people.add(person(i));
        }
        for (int i = 0; i < duplicates; i++) {
            Person again = people.get(random.nextInt(lines - duplicates));
            people.add(random.nextInt(people.size() + 1), again);
        }
        return people;
    }

    private Person person(int number) {
        int family = random.nextInt(FAMILIES.length);
        String id = FAMILIES[family][1];
        String name;
        if (family < CHINESE_FAMILIES) {
            String[] given = GIVEN[random.nextInt(GIVEN.length)];
            id += given[1];
            name = FAMILIES[family][0] + given[0];
        } else {
            name = LATIN_GIVEN[random.nextInt(LATIN_GIVEN.length)] + " " + FAMILIES[family][0];
        }
        return new Person("%s%06d".formatted(id, number + 1), name, standing(number));
    }

    /** The first hundred are fixed, so that even a small file has one of each. */
    private Standing standing(int number) {
        int lot = number < 100 ? number * 10 : random.nextInt(1000);
        if (lot < UNKNOWN_PER_MILLE) {
            return Standing.UNKNOWN;
        }
        if (lot < UNKNOWN_PER_MILLE + OUT_OF_SCOPE_PER_MILLE) {
            return Standing.OUT_OF_SCOPE;
        }
        return lot >= 1000 - PROTECTED_PER_MILLE || number == 99 ? Standing.SUPER_EXECUTIVE : Standing.MEMBER;
    }
}
