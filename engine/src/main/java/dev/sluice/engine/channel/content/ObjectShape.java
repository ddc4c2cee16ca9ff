package dev.sluice.engine.channel.content;

import dev.sluice.engine.channel.ContentFault;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** An object: the fields it knows and no others. */
record ObjectShape(List<Shape.Field> fields) implements Shape {
    private static final int MOST_QUOTED_CHARS = 40;

    @Override
    public void check(Object value, String pointer, List<ContentFault> faults) {
        if (!(value instanceof JsonObject object)) {
            faults.add(new ContentFault(pointer, "Must be an object."));
            return;
        }
        int known = 0;
        for (Field field : fields) {
            if (object.containsKey(field.name())) {
                known++;
                field.shape().check(object.getValue(field.name()), pointer + "/" + field.name(), faults);
            } else if (field.isRequired()) {
                faults.add(new ContentFault(pointer + "/" + field.name(), "Is required."));
            }
        }
        if (known < object.size()) {
            refuseUnknown(object, pointer, faults);
        }
    }

    private void refuseUnknown(JsonObject object, String pointer, List<ContentFault> faults) {
        List<String> known = fields.stream().map(Field::name).toList();
        String detail = "There is no such field. Known: " + String.join(", ", known) + ".";
        for (String name : object.fieldNames()) {
            if (!known.contains(name) && faults.size() < MOST_FAULTS) {
                faults.add(new ContentFault(pointer + "/" + quoted(name), detail));
            }
        }
    }

    /** A name as a JSON pointer writes it, cut: it is the sender's, of any length. */
    private static String quoted(String name) {
        String cut = name.length() > MOST_QUOTED_CHARS ? name.substring(0, MOST_QUOTED_CHARS) + "…" : name;
        return cut.replace("~", "~0").replace("/", "~1");
    }
}
