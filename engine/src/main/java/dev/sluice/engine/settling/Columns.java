package dev.sluice.engine.settling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Rows on their way into one statement, column by column.
 *
 * @param rows the rows
 */
record Columns<T>(List<T> rows) {

    /** What each of these holds, one after the other. */
    static <S, T> Columns<T> ofEach(List<S> holders, Function<S, List<T>> held) {
        List<T> rows = new ArrayList<>();
        holders.forEach(holder -> rows.addAll(held.apply(holder)));
        return new Columns<>(rows);
    }

    Long[] longs(Function<T, Long> field) {
        return of(Long[]::new, field);
    }

    Integer[] integers(Function<T, Integer> field) {
        return of(Integer[]::new, field);
    }

    Short[] shorts(Function<T, Short> field) {
        return of(Short[]::new, field);
    }

    String[] texts(Function<T, String> field) {
        return of(String[]::new, field);
    }

    <V> V[] of(IntFunction<V[]> array, Function<T, V> field) {
        V[] values = array.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = field.apply(rows.get(i));
        }
        return values;
    }
}
