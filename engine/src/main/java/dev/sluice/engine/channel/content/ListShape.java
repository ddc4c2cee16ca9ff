package dev.sluice.engine.channel.content;

import dev.sluice.engine.channel.ContentFault;
import io.vertx.core.json.JsonArray;
import java.util.List;

/** A list: so many items, each of one shape. */
record ListShape(int least, int most, Shape item) implements Shape {
    @Override
    public void check(Object value, String pointer, List<ContentFault> faults) {
        if (!(value instanceof JsonArray array)) {
            faults.add(new ContentFault(pointer, "Must be a list."));
            return;
        }
        if (array.size() < least || array.size() > most) {
            String wanted = most == UNBOUNDED ? "at least " + least : least + " to " + most;
            faults.add(new ContentFault(pointer, "Must have " + wanted + " items, not " + array.size() + "."));
            return;
        }
        for (int i = 0; i < array.size() && faults.size() < MOST_FAULTS; i++) {
            item.check(array.getValue(i), pointer + "/" + i, faults);
        }
    }
}
