package dev.sluice.loadtest.chart;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Bounds what a picture and its table hold, however long a run was: the axis is cut into equal parts, and of each part the lowest and the
 * highest point of a series stay. So no peak is lost. Pure.
 */
final class Parts {
    /** More than the columns of a narrow screen and fewer than those of a wide one; 8 hours make parts of 96 seconds. */
    static final int MOST = 300;

    private Parts() {}

    /** What stays of a part. */
    record Extent(Point first, Point lowest, Point highest) {
        private static Extent of(Point only) {
            return new Extent(only, only, only);
        }

        private Extent and(Extent later) {
            return new Extent(
                    first,
                    later.lowest.y() < lowest.y() ? later.lowest : lowest,
                    later.highest.y() > highest.y() ? later.highest : highest);
        }

        /** The lowest and the highest in order of time; one where they are the same. */
        List<Point> points() {
            if (lowest.equals(highest)) {
                return List.of(lowest);
            }
            return lowest.x() < highest.x() ? List.of(lowest, highest) : List.of(highest, lowest);
        }
    }

    /** The parts that have points, by their number from the left. */
    static SortedMap<Integer, Extent> of(List<Point> points, LevelAxis axis) {
        SortedMap<Integer, Extent> parts = new TreeMap<>();
        points.forEach(point -> parts.merge(number(point, axis), Extent.of(point), Extent::and));
        return parts;
    }

    /** At most two points of each part, in order of time. */
    static List<Point> extremes(List<Point> points, LevelAxis axis) {
        return of(points, axis).values().stream()
                .flatMap(extent -> extent.points().stream())
                .toList();
    }

    private static int number(Point point, LevelAxis axis) {
        return Math.min((int) (axis.place(point.x()) * MOST), MOST - 1);
    }
}
