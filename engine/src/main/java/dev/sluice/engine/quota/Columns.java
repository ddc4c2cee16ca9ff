package dev.sluice.engine.quota;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Rows as a statement's {@code unnest} takes them: an array for each column. */
final class Columns {
    private Columns() {}

    static <R, T> T[] of(List<R> rows, IntFunction<T[]> array, Function<R, T> value) {
        return rows.stream().map(value).toArray(array);
    }
}
