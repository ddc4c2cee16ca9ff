package dev.sluice.engine.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Rows on their way into one statement, column by column: its {@code unnest} takes an array for each.
 *
 * @param rows the rows
 */
public record Columns<T>(List<T> rows) {

    /** What each of these holds, one after the other. */
    public static <S, T> Columns<T> ofEach(List<S> holders, Function<S, List<T>> held) {
        List<T> rows = new ArrayList<>();
        holders.forEach(holder -> rows.addAll(held.apply(holder)));
        return new Columns<>(rows);
    }

    /** A column of bigint. */
    public Long[] longs(Function<T, Long> field) {
        return of(Long[]::new, field);
    }

    /** A column of integer. */
    public Integer[] integers(Function<T, Integer> field) {
        return of(Integer[]::new, field);
    }

    /** A column of smallint. */
    public Short[] shorts(Function<T, Short> field) {
        return of(Short[]::new, field);
    }

    /** A column of text. */
    public String[] texts(Function<T, String> field) {
        return of(String[]::new, field);
    }

    /** A column of any type, in the array that is made for it. */
    public <V> V[] of(IntFunction<V[]> array, Function<T, V> field) {
        V[] values = array.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = field.apply(rows.get(i));
        }
        return values;
    }
}
