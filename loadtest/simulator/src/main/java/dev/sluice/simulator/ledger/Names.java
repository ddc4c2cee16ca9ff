package dev.sluice.simulator.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for the few texts that repeat in every row. */
final class Names {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    int number(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        numbers.put(text, texts.size());
        texts.add(text);
        return texts.size() - 1;
    }

    /** The number, or -1 if the text never came. */
    int find(String text) {
        return numbers.getOrDefault(text, -1);
    }

    String text(int number) {
        return texts.get(number);
    }
}
